import fs from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';

/** The clone's root. */
export const root = path.resolve(__dirname, '../../..');

/** This process's environment: what it was given, and what the processes it starts will find. */
export const environment = process.env;

/** The settings of a stack: the lines of `.env`, overruled by the environment, overruled by `own`. */
export function readSettings(own: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const file = path.join(root, '.env');
  const lines = fs.existsSync(file) ? parseEnv(fs.readFileSync(file, 'utf8')) : {};
  return { ...lines, ...environment, ...own };
}
