import path from 'node:path';
import { runToEnd } from '../command';
import { environment, root } from '../config';
import { findOnPath } from './find';
import type { Server } from './server';
import { aptInstall } from './tools';

const VERSION = '7.2.7';
const BUILD_WITHIN_MS = 600_000;

/** Redis of the 7.2 line where we fetch it, and what Debian has where that can be installed. */
export const redis: Server = {
  title: 'Redis (redis-server)',
  variable: 'REDIS_SERVER',
  programs: ['redis-server'],
  cachedAs: `redis-server-${VERSION}`,
  attempts: [
    { title: 'apt-get install redis-server', fetch: fromApt },
    { title: `redis-memory-server's build`, fetch: build },
  ],
};

async function fromApt(workspace: string): Promise<string> {
  await aptInstall(['redis-server'], workspace);
  const program = findOnPath(['redis-server'], environment);
  if (!program) throw new Error('the package redis-server has no redis-server');
  return program;
}

/** Compiles Redis's source, in a process of its own, which can be ended if it hangs. */
async function build(workspace: string): Promise<string> {
  const script = `const { RedisBinary } = require('redis-memory-server');
    RedisBinary.getPath({ version: '${VERSION}', ignoreDownloadCache: true })
      .catch((error) => { console.error(error.message); process.exitCode = 1; })`;
  await runToEnd(process.execPath, ['-e', script], {
    cwd: path.join(root, 'infra/local'),
    env: { REDISMS_DOWNLOAD_DIR: workspace },
    timeoutMs: BUILD_WITHIN_MS,
  });
  return path.join(workspace, VERSION, 'redis-server');
}
