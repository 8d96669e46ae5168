const os = require('node:os');
const path = require('node:path');
const { environment } = require('../config.cjs');
const { silentReporter } = require('../reporter.cjs');
const { chromium } = require('./chromium.cjs');
const { find } = require('./find.cjs');
const { goProgram } = require('./go.cjs');
const { mongod } = require('./mongod.cjs');
const { nats } = require('./nats.cjs');
const { redis } = require('./redis.cjs');

/**
 * The third-party programs that the stack runs, and, with the browser, those that its tests run.
 * @typedef {'mongod' | 'nats-streaming-server' | 'redis-server'} StackServer
 * @typedef {StackServer | 'chromium'} ServerName
 */

// One for all clones of a user: a program is fetched once.
const cacheHome = environment['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
const cache = path.join(cacheHome, 'ticketing/programs');

const servers = { mongod, 'nats-streaming-server': nats, 'redis-server': redis, chromium: chromium(cache) };

/**
 * The path of a program that runs here: from its environment variable, PATH or the cache; otherwise fetched, which takes
 * minutes the first time.
 * @param {ServerName} name
 * @throws Error with what was tried and what the user can do
 */
function findServer(name, reporter = silentReporter) {
  return findProgram(servers[name], reporter);
}

/**
 * The same for a program described by another workspace.
 * @param {import('./types').Server} program
 */
function findProgram(program, reporter = silentReporter) {
  return find(program, { environment, cache }, reporter);
}

/**
 * All the servers of a stack, located in parallel.
 * @param {Promise<unknown>} [packages] settles once npm's packages are installed; unset if they already are
 * @returns {Promise<Record<StackServer, string>>}
 * @throws Error as `findServer`
 */
async function findServers(reporter = silentReporter, packages = Promise.resolve()) {
  const places = { environment, cache, packages };
  // The one that takes longest starts first.
  const names = /** @type {StackServer[]} */ (['nats-streaming-server', 'mongod', 'redis-server']);
  const found = names.map(async (name) => [name, await find(servers[name], places, reporter)]);
  return Object.fromEntries(await Promise.all(found));
}

module.exports = { findProgram, findServer, findServers, goProgram, servers };
