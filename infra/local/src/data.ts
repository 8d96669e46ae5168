import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import lock from '../lock.cjs';
import { untilGuardEnds } from './guard';
import { rotateLogs } from './logs.cjs';

/** A stack's data folder; while it is open, no other stack can use it. */
export interface DataFolder {
  path: string;
  stackFile: string;
  portsFile: string;
  guardNote: string;
  /** A folder for a part's data; created if missing. */
  storeOf(part: string): string;
  logOf(part: string): string;
  /** A secret of this stack, generated on first use and then kept; readable only by the user. */
  secret(name: string): string;
  release(): void;
}

/**
 * Opens a data folder, created if missing.
 * @param fresh deletes an earlier stack's data, and nothing else
 * @throws Error if another stack is using it
 */
export async function openData(folder: string, fresh = false): Promise<DataFolder> {
  const data = dataAt(folder);
  const inside = (...names: string[]) => path.join(data.path, ...names);
  const unlock = lock.tryLock(inside('lock'));
  if (!unlock) {
    throw new Error(`Another stack runs on ${folder}: stop it, or choose another folder with --data`);
  }
  await untilGuardEnds(inside('guard'));
  fs.rmSync(inside('stack.json'), { force: true });
  if (fresh) fs.rmSync(inside('store'), { recursive: true, force: true });
  rotateLogs(inside('logs'));
  return {
    ...data,
    release() {
      fs.rmSync(inside('stack.json'), { force: true });
      unlock();
    },
  };
}

/** A data folder, even if another stack has it open. */
export function dataAt(folder: string): Omit<DataFolder, 'release'> {
  const inside = (...names: string[]) => path.join(path.resolve(folder), ...names);
  const storeOf = (part: string) => {
    fs.mkdirSync(inside('store', part), { recursive: true });
    return inside('store', part);
  };
  return {
    path: inside(),
    stackFile: inside('stack.json'),
    portsFile: inside('ports.json'),
    guardNote: inside('guard'),
    storeOf,
    logOf: (part) => inside('logs', `${part}.log`),
    secret(name) {
      const file = path.join(storeOf('secrets'), name);
      if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
      return fs.readFileSync(file, 'utf8');
    },
  };
}
