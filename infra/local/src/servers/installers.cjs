const fs = require('node:fs');
const path = require('node:path');
const { runToEnd } = require('../command.cjs');
const { root } = require('../config.cjs');

const INSTALL_WITHIN_MS = 600_000;

/** @typedef {import('./types').Context} Context */

/**
 * Has an npm package fetch a program with its own installer, in a process that can be killed if it hangs.
 * @param {string} expression JavaScript for the program's path, or a promise of it
 * @param {NodeJS.ProcessEnv} settings environment variables that configure the installer
 * @param {Context} context
 * @throws Error if the installer fails
 */
async function install(expression, settings, context) {
  const note = path.join(context.workspace, 'path');
  const script = `Promise.resolve(${expression}).then(
    (path) => require('node:fs').writeFileSync(process.argv[1], path),
    (error) => { console.error(error.message); process.exit(1); })`;
  await run(['-e', script, note], settings, context);
  return fs.readFileSync(note, 'utf8');
}

/**
 * Runs a Node program from where our packages are resolved.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {Context} context
 */
async function run(args, env, { workspace, packages }) {
  await packages;
  const cwd = path.join(root, 'infra/local');
  const log = path.join(workspace, 'installer.log');
  await runToEnd(process.execPath, args, { cwd, env, timeoutMs: INSTALL_WITHIN_MS, log });
}

module.exports = { install, run };
