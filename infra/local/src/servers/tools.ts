import path from 'node:path';
import { runToEnd } from '../command';
import { environment } from '../config';
import { findOnPath } from './find';

const UPDATE_WITHIN_MS = 120_000;
const INSTALL_WITHIN_MS = 300_000;

let listsUpdated: Promise<void> | undefined;

/** Runs apt-get. Its daemons' start-up scripts believe in a single-user system, so a server is installed, not run. */
function aptGet(args: string[], timeoutMs: number, workspace: string): Promise<void> {
  const log = path.join(workspace, 'apt.log');
  return runToEnd('apt-get', args, { timeoutMs, log, env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } });
}

/**
 * Installs Debian packages.
 * @throws Error where apt-get is missing or this user may not use it, or it fails
 */
export async function aptInstall(packages: string[], workspace: string): Promise<void> {
  if (!findOnPath(['apt-get'], environment)) throw new Error('there is no apt-get');
  if (process.getuid?.() !== 0) throw new Error('apt-get needs root');
  listsUpdated ??= aptGet(['update'], UPDATE_WITHIN_MS, workspace);
  await listsUpdated;
  await aptGet(['install', '-y', '--no-install-recommends', ...packages], INSTALL_WITHIN_MS, workspace);
}

/** A program on PATH, installed from Debian's packages first if it lacks and that can be done. */
export async function tool(programs: string[], packages: string[], workspace: string): Promise<string> {
  const present = findOnPath(programs, environment);
  if (present) return present;
  await aptInstall(packages, workspace).catch((error: Error) => {
    throw new Error(`there is no ${programs.join(' or ')}, and ${error.message}`);
  });
  const installed = findOnPath(programs, environment);
  if (!installed) throw new Error(`apt-get installed ${packages.join(' ')}, which has no ${programs.join(' or ')}`);
  return installed;
}
