import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { findTool } from '../tools';
import type { KubeObject } from './kube';

const run = promisify(execFile);
const maxBuffer = 16 * 1024 * 1024;

/** The parent folder of all manifests. */
export const infra = path.resolve(__dirname, '../../..');

/** Reads a stream of manifests. */
export const parse = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as KubeObject);

/** By what they are made of: most are needed repeatedly, and each takes half a second of a core. */
const renderings = new Map<string, Promise<KubeObject[]>>();

/** Renders a folder with kustomize. */
export async function render(folder: string): Promise<KubeObject[]> {
  const sources = digestOf(folder);
  const rendering = renderings.get(sources) ?? kustomize(folder).then(parse);
  renderings.set(sources, rendering);
  return structuredClone(await rendering);
}

/** A digest of all manifests, and of the folder's place among them. */
function digestOf(folder: string): string {
  let home = path.dirname(folder);
  while (!fs.existsSync(path.join(home, 'k8s'))) home = path.dirname(home);
  const place = path.relative(home, folder);
  const hash = createHash('sha256').update(place);
  for (const name of fs.readdirSync(home)) {
    if (!/^(k8s|skaffold)/.test(name) && name !== place) continue;
    for (const entry of fs.readdirSync(path.join(home, name), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      hash.update(`\0${path.relative(home, file)}\0`).update(fs.readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** kubectl includes kustomize, and most cluster users have kubectl. */
async function kustomize(folder: string): Promise<string> {
  try {
    return (await run('kubectl', ['kustomize', folder], { maxBuffer })).stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return (await run(await findTool('kustomize'), ['build', folder], { maxBuffer })).stdout;
  }
}
