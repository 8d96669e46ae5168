// Plain JavaScript, like all that a fresh clone runs before anything is installed.
const fs = require('node:fs');
const path = require('node:path');
const { parseEnv } = require('node:util');

/** The clone's root. */
const root = path.resolve(__dirname, '../../..');

/** This process's environment: what it was given, and what the processes it starts will find. */
const environment = process.env;

/** What a stack on one machine needs otherwise than a deployment: here, all callers come from one address. */
const defaults = { SIGNUPS_PER_ADDRESS: '1000000' };

/**
 * The settings of a stack: the lines of `.env`, overruled by the environment, overruled by `own`.
 * @param {NodeJS.ProcessEnv} [own]
 * @returns {NodeJS.ProcessEnv}
 */
function readSettings(own = {}) {
  const file = path.join(root, '.env');
  const lines = fs.existsSync(file) ? parseEnv(fs.readFileSync(file, 'utf8')) : {};
  return { ...defaults, ...lines, ...environment, ...own };
}

module.exports = { root, environment, readSettings };
