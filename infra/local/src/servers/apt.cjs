const { execFile } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { promisify } = require('node:util');
const lock = require('../../lock.cjs');
const { runToEnd } = require('../command.cjs');
const { environment } = require('../config.cjs');
const { findOnPath, isProgram } = require('./onPath.cjs');

const UPDATE_WITHIN_MS = 120_000;
const INSTALL_WITHIN_MS = 300_000;

/** @type {Promise<void> | undefined} */
let listsUpdated;

/**
 * Runs apt-get. In single-user mode (RUNLEVEL), packages do not start the servers they install.
 * @param {string[]} args
 * @param {number} timeoutMs
 */
async function aptGet(args, timeoutMs) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'apt-'));
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  try {
    await runToEnd('apt-get', args, { timeoutMs, log: path.join(folder, 'log'), env });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function requireApt() {
  if (!findOnPath(['apt-get'], environment)) throw new Error('there is no apt-get');
}

/**
 * Installs Debian packages, with one apt-get at a time, as it requires.
 * @param {string[]} packages
 * @throws Error if apt-get is missing, fails, or may not be used by this user
 */
async function aptInstall(packages) {
  requireApt();
  if (process.getuid?.() !== 0) throw new Error('apt-get needs root');
  const nothing = () => undefined;
  await lock.withLock(path.join(os.tmpdir(), 'ticketing-apt.lock'), nothing, async () => {
    // If that fails, for lack of a network or a lock, the existing lists may do.
    listsUpdated ??= aptGet(['update'], UPDATE_WITHIN_MS).catch(() => undefined);
    await listsUpdated;
    const options = ['-o', 'DPkg::Lock::Timeout=120', '--no-install-recommends'];
    await aptGet(['install', '-y', ...options, ...packages], INSTALL_WITHIN_MS);
  });
}

/**
 * Installs a Debian package.
 * @param {string} name
 * @param {string[]} programs
 * @returns {Promise<string>} the first of these programs that it installed, as found on PATH
 * @throws Error as `aptInstall`, or if it has none of them
 */
async function aptProgram(name, programs) {
  await aptInstall([name]);
  const { stdout } = await promisify(execFile)('dpkg', ['-L', name]);
  const files = stdout.split('\n').filter((file) => /\/s?bin\/[^/]+$/.test(file) && isProgram(file));
  const found = programs.flatMap((program) => files.find((file) => path.basename(file) === program) ?? [])[0];
  if (!found) throw new Error(`the package ${name} has no ${programs.join(' or ')}`);
  return found;
}

/**
 * A program on PATH; if missing, installed from Debian's packages first where possible.
 * @param {string[]} programs
 * @param {string[]} packages
 */
async function tool(programs, packages) {
  const present = findOnPath(programs, environment);
  if (present) return present;
  await aptInstall(packages).catch((error) => {
    throw new Error(`there is no ${programs.join(' or ')}, and ${error.message}`);
  });
  const installed = findOnPath(programs, environment);
  if (!installed) throw new Error(`apt-get installed ${packages.join(' ')}, which has no ${programs.join(' or ')}`);
  return installed;
}

module.exports = { aptInstall, aptProgram, requireApt, tool };
