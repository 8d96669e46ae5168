const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { messageOf, runToEnd } = require('../command.cjs');
const { aptInstall } = require('./apt.cjs');

/** @typedef {import('./types').Server} Server */

const WITHIN_MS = 30_000;
const MISSING_LIBRARY = /loading shared libraries: ([^:\s]+)/;

/**
 * Checks that a program is what its name says, and that its version is recent enough, if there is a minimum.
 * @param {Server} server
 * @param {string} program
 * @throws Error with the reason
 */
async function checkVersion(server, program) {
  if (!server.version) return;
  const { says, oldest } = server.version;
  const words = await askVersion(server, program);
  const found = says.exec(words);
  if (!found) throw new Error(`asked for its version, it says "${words.trim().split('\n', 1)[0]}"`);
  if (Number(found[1]) < oldest) throw new Error(`it is version ${found[1]}, and ${oldest} or later is needed`);
}

/**
 * Checks that a fetched program runs, and its version; installs missing shared libraries.
 * @param {Server} server
 * @param {string} program
 * @returns {Promise<void>}
 * @throws Error with the reason
 */
async function checkRuns(server, program) {
  try {
    await askVersion(server, program);
  } catch (error) {
    const lacks = MISSING_LIBRARY.exec(messageOf(error))?.[1] ?? '';
    const { [lacks]: owner, ...libraries } = server.libraries ?? {};
    if (!owner) throw error;
    await aptInstall([owner]).catch((reason) => {
      throw new Error(`it needs ${lacks} from the package ${owner}: ${messageOf(reason)}`, { cause: error });
    });
    await checkRuns({ ...server, libraries }, program);
  }
  await checkVersion(server, program);
}

/**
 * @param {Server} server
 * @param {string} program
 */
async function askVersion({ versionArgs = ['--version'] }, program) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'version-'));
  const log = path.join(folder, 'log');
  try {
    await runToEnd(program, versionArgs, { timeoutMs: WITHIN_MS, log });
    return fs.readFileSync(log, 'utf8');
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

module.exports = { checkVersion, checkRuns };
