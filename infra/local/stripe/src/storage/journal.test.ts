import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal, readJournal } from './journal';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'journal-'));
  path = join(directory, 'journal.jsonl');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

async function read(): Promise<number[]> {
  const entries: number[] = [];
  await readJournal<number>(path, (entry) => entries.push(entry));
  return entries;
}

test('reads what was appended, in order', async () => {
  expect(await read()).toEqual([]);
  const journal = Journal.rewrite(path, [1, 2]);
  journal.append(3);
  journal.close();
  expect(await read()).toEqual([1, 2, 3]);
});

test('skips a torn last line', async () => {
  writeFileSync(path, '1\n2\n{"put":[{"i');
  expect(await read()).toEqual([1, 2]);
});

test('reports damage before the last line', async () => {
  writeFileSync(path, '1\n{"pu\n3\n');
  await expect(read()).rejects.toThrow('damaged at line 2');
});

test('rewriting replaces the journal, also after an interrupted attempt', async () => {
  writeFileSync(path, '1\n2\n');
  appendFileSync(`${path}.new`, '7\n8');
  Journal.rewrite(path, [9]).close();
  expect(readFileSync(path, 'utf8')).toBe('9\n');
  expect(await read()).toEqual([9]);
});
