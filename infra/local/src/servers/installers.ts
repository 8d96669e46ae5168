import fs from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../command';
import { root } from '../config';

const INSTALL_WITHIN_MS = 600_000;

/**
 * Lets an npm package fetch a program by its own installer, in a process that can be ended if it hangs.
 * @param expression JavaScript for the program's path, or a promise of it
 * @param settings the environment variables that tell the installer what to do
 * @throws Error if the installer fails
 */
export async function install(expression: string, settings: NodeJS.ProcessEnv, workspace: string): Promise<string> {
  const note = path.join(workspace, 'path');
  const script = `Promise.resolve(${expression}).then(
    (path) => require('node:fs').writeFileSync(process.argv[1], path),
    (error) => { console.error(error.message); process.exit(1); })`;
  await run(['-e', script, note], settings);
  return fs.readFileSync(note, 'utf8');
}

/** Runs a Node program of one of our packages, from where they are found. */
export function run(args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const cwd = path.join(root, 'infra/local');
  return runToEnd(process.execPath, args, { cwd, env, timeoutMs: INSTALL_WITHIN_MS });
}
