import { execFile } from 'node:child_process';
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

/** Renders a folder with kustomize. */
export async function render(folder: string): Promise<KubeObject[]> {
  return parse(await kustomize(folder));
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
