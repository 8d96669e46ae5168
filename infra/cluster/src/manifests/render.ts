import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { findTool } from '../tools';
import type { KubeObject } from './kube';

const run = promisify(execFile);
const maxBuffer = 16 * 1024 * 1024;

/** The folder of all manifests' folders. */
export const infra = path.resolve(__dirname, '../../..');

/** Reads a stream of manifests. */
export const parse = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as KubeObject);

/**
 * What kustomize makes of a folder.
 * @throws Error with kustomize's words where it refuses
 */
export async function render(folder: string): Promise<KubeObject[]> {
  return parse(await kustomize(folder));
}

/** kubectl has kustomize inside, and most who have a cluster have kubectl. */
async function kustomize(folder: string): Promise<string> {
  try {
    return (await run('kubectl', ['kustomize', folder], { maxBuffer })).stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return (await run(await findTool('kustomize'), ['build', folder], { maxBuffer })).stdout;
  }
}
