import path from 'node:path';
import { environment } from '../config';
import { download } from './download';
import { findOnPath } from './find';
import { install } from './installers';
import type { Server } from './server';
import { aptInstall } from './tools';

const VERSION = '7.2.15';
const SHA256 = '7bf7975331511fdb788e85dae63964b128fccee1df026a10db57444babc9c9c4';

/** What Debian has where that can be installed, else built from source. */
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

/** Compiles Redis's source; redis-memory-server takes an archive that is there already as downloaded. */
async function build(workspace: string): Promise<string> {
  const archive = `redis-${VERSION}.tar.gz`;
  await download(`https://download.redis.io/releases/${archive}`, path.join(workspace, archive), SHA256);
  const expression = `require('redis-memory-server').RedisBinary.getPath({ version: '${VERSION}' })`;
  return install(expression, { REDISMS_DOWNLOAD_DIR: workspace }, workspace);
}
