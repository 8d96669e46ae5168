// Plain JavaScript, like everything a fresh clone runs before packages are installed.
const fs = require('node:fs');
const path = require('node:path');
const { parseEnv } = require('node:util');

/** The repository root. */
const root = path.resolve(__dirname, '../../..');

/** This process's environment, inherited by the processes it starts. */
const environment = process.env;

/** Settings that differ on a single machine, where all callers share one address. */
const defaults = { SIGNUPS_PER_ADDRESS: '1000000' };

/**
 * The settings of a stack: `.env`, overridden by the environment, overridden by `own`.
 * @param {NodeJS.ProcessEnv} [own]
 * @returns {NodeJS.ProcessEnv}
 */
function readSettings(own = {}) {
  const file = path.join(root, '.env');
  const lines = fs.existsSync(file) ? parseEnv(fs.readFileSync(file, 'utf8')) : {};
  return { ...defaults, ...lines, ...environment, ...own };
}

module.exports = { root, environment, readSettings };
