import fs from 'node:fs';
import path from 'node:path';
import lock from '../../lock.cjs';
import { runToEnd } from '../command';
import type { Reporter } from '../reporter';
import type { Server } from './server';

/** Where to look for programs, and to keep those that were fetched. */
export interface Places {
  environment: NodeJS.ProcessEnv;
  cache: string;
}

const VERSION_WITHIN_MS = 30_000;

/**
 * The path of a server program: what its environment variable names, else the first on PATH, else in the cache,
 * else fetched into the cache. Of several processes at once, one fetches.
 * @throws Error that tells what was tried and what the user can do
 */
export async function find(server: Server, places: Places, reporter: Reporter): Promise<string> {
  const present = locate(server, places);
  if (present) return present;
  const waiting = () => reporter.say(`  … another run is fetching servers`);
  return lock.withLock(path.join(places.cache, 'lock'), waiting, async () => {
    return locate(server, places) ?? (await fetchProgram(server, places.cache, reporter));
  });
}

/** The first of some programs that is on PATH. */
export function findOnPath(programs: string[], { PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const folders = PATH.split(path.delimiter).filter((folder) => folder !== '');
  return programs.flatMap((program) => folders.map((folder) => path.join(folder, program))).find(isProgram);
}

function locate(server: Server, { environment, cache }: Places): string | undefined {
  const named = environment[server.variable];
  if (named && !isProgram(named)) {
    throw new Error(`${server.variable} is set to ${named}, which is no program: correct it, or unset it`);
  }
  const cached = path.join(cache, server.cachedAs);
  return named ?? findOnPath(server.programs, environment) ?? (isProgram(cached) ? cached : undefined);
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

async function fetchProgram(server: Server, cache: string, reporter: Reporter): Promise<string> {
  const failures: string[] = [];
  for (const attempt of server.attempts) {
    const workspace = fs.mkdtempSync(path.join(cache, 'fetching-'));
    try {
      return await reporter.step(`Fetching ${server.title}: ${attempt.title}`, async () => {
        return keep(await attempt.fetch(workspace), workspace, path.join(cache, server.cachedAs), server.versionArgs);
      });
    } catch (error) {
      failures.push(`  - ${attempt.title}: ${(error as Error).message}`);
    } finally {
      fs.rmSync(workspace, { recursive: true, force: true });
    }
  }
  throw new Error(explain(server, cache, failures));
}

/** Puts a program that runs into the cache, whole: by renaming a fetched one, by linking to one of the system's. */
async function keep(program: string, workspace: string, cached: string, versionArgs = ['--version']): Promise<string> {
  fs.chmodSync(program, 0o755);
  await runToEnd(program, versionArgs, { timeoutMs: VERSION_WITHIN_MS, log: path.join(workspace, 'version.log') });
  fs.rmSync(cached, { force: true });
  if (program.startsWith(workspace)) fs.renameSync(program, cached);
  else fs.symlinkSync(program, cached);
  return cached;
}

function explain(server: Server, cache: string, failures: string[]): string {
  return [
    `${server.title} is not on this machine and could not be fetched. Tried:`,
    `  - the environment variable ${server.variable}: not set`,
    `  - PATH: no ${server.programs.join(', ')}`,
    `  - the cache: no ${path.join(cache, server.cachedAs)}`,
    ...failures,
    `Install it so that it is on PATH, or set ${server.variable} to the path of the program.`,
  ].join('\n');
}
