import fs from 'node:fs';
import path from 'node:path';

type Parts = { name: string; pid: number | null }[];

/**
 * Watches the parts of the stack that runs on a data folder.
 * @returns a function: the names of those whose process has ended since, even if another runs in its place
 */
export function watchRestarts(data: string): () => string[] {
  const read = () => (JSON.parse(fs.readFileSync(path.join(data, 'stack.json'), 'utf8')) as { parts: Parts }).parts;
  const before = new Map(read().map(({ name, pid }) => [name, pid]));
  return () => read().flatMap(({ name, pid }) => (pid === before.get(name) ? [] : [name]));
}
