const fs = require('node:fs');
const path = require('node:path');
const lock = require('../../lock.cjs');
const { messageOf } = require('../command.cjs');
const { checkRuns, checkVersion } = require('./check.cjs');
const { findOnPath, isProgram } = require('./onPath.cjs');

/**
 * @typedef {import('../reporter.cjs').Reporter} Reporter
 * @typedef {import('./types').Server} Server
 * @typedef {import('./types').Places} Places
 */

/**
 * The path of a server program: from its environment variable, otherwise the first on PATH, otherwise in the cache,
 * otherwise fetched into the cache. Symbolic links are kept, because some programs behave according to the name they are
 * called by. Of several concurrent processes, one fetches.
 * @param {Server} server
 * @param {Places} places
 * @param {Reporter} reporter
 * @returns {Promise<string>}
 * @throws Error with what was tried and what the user can do
 */
async function find(server, places, reporter) {
  const present = await locate(server, places, reporter);
  if (present) return present;
  const waiting = () => reporter.say(`  … another run is fetching ${server.title}`);
  return lock.withLock(path.join(places.cache, `${server.cachedAs}.lock`), waiting, async () => {
    return cachedProgram(server, places.cache) ?? (await fetchProgram(server, places, reporter));
  });
}

/**
 * @param {Server} server
 * @param {Places} places
 * @param {Reporter} reporter
 */
async function locate(server, { environment, cache }, reporter) {
  const named = environment[server.variable];
  if (named) {
    if (!isProgram(named)) throw unfit(server, named, 'which is not a program');
    await checkVersion(server, named).catch((error) => {
      throw unfit(server, named, `which will not do: ${messageOf(error)}`);
    });
    return named;
  }
  const onPath = findOnPath(server.programs, environment);
  if (!onPath) return cachedProgram(server, cache);
  try {
    await checkVersion(server, onPath);
    return onPath;
  } catch (error) {
    reporter.say(`  ! ${onPath} will not do: ${messageOf(error)}`);
    return cachedProgram(server, cache);
  }
}

/**
 * @param {Server} server
 * @param {string} named
 * @param {string} why
 */
function unfit({ variable }, named, why) {
  return new Error(`${variable} is set to ${named}, ${why}: correct it, or unset it`);
}

/**
 * @param {Server} server
 * @param {string} cache
 */
function cachedProgram({ cachedAs, programs }, cache) {
  const file = path.join(cache, cachedAs, String(programs[0]));
  if (!isProgram(file)) return undefined;
  return fs.lstatSync(file).isSymbolicLink() ? fs.readlinkSync(file) : file;
}

/**
 * @param {Server} server
 * @param {Places} places
 * @param {Reporter} reporter
 * @returns {Promise<string>}
 */
async function fetchProgram(server, { cache, packages = Promise.resolve() }, reporter) {
  const failures = [];
  for (const attempt of server.attempts) {
    const workspace = fs.mkdtempSync(path.join(cache, 'fetching-'));
    const kept = path.join(workspace, 'kept');
    fs.mkdirSync(kept);
    try {
      return await reporter.step(`Fetching ${server.title}: ${attempt.title}`, async () => {
        await keep(server, await attempt.fetch({ workspace, kept, packages }), kept);
        fs.rmSync(path.join(cache, server.cachedAs), { recursive: true, force: true });
        fs.renameSync(kept, path.join(cache, server.cachedAs));
        return /** @type {string} */ (cachedProgram(server, cache));
      });
    } catch (error) {
      failures.push(`  - ${attempt.title}: ${messageOf(error)}`);
    } finally {
      fs.rmSync(workspace, { recursive: true, force: true });
    }
  }
  throw new Error(explain(server, cache, failures));
}

/**
 * Puts a suitable program at `kept`: moves a fetched one, or links to the system's.
 * @param {Server} server
 * @param {string} program
 * @param {string} kept
 */
async function keep(server, program, kept) {
  const file = path.join(kept, String(server.programs[0]));
  const fetched = program.startsWith(path.dirname(kept));
  if (fetched && program !== file) fs.renameSync(program, file);
  if (fetched) fs.chmodSync(file, 0o755);
  else fs.symlinkSync(program, file);
  await checkRuns(server, fetched ? file : program);
}

/**
 * @param {Server} server
 * @param {string} cache
 * @param {string[]} failures
 */
function explain({ title, variable, programs, cachedAs }, cache, failures) {
  return [
    `${title} is not on this machine and could not be fetched. Tried:`,
    `  - the environment variable ${variable}: not set`,
    `  - PATH: no ${programs.join(', ')}`,
    `  - the cache: no ${path.join(cache, cachedAs, String(programs[0]))}`,
    ...failures,
    `Install it so that it is on PATH, or set ${variable} to the path of the program.`,
  ].join('\n');
}

module.exports = { find };
