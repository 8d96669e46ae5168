// Plain JavaScript: a workflow runs it before anything is installed.
const fs = require('node:fs');
const path = require('node:path');
const { root } = require('./config.cjs');

/**
 * The folders of all workspaces in the lockfile: those at the root before those in infra.
 * @returns {string[]}
 */
function workspaces() {
  const { packages } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const links = /** @type {{ link?: boolean, resolved: string }[]} */ (Object.values(packages));
  const folders = links.filter(({ link }) => link).map(({ resolved }) => resolved);
  return folders.sort((one, other) => Number(one.startsWith('infra/')) - Number(other.startsWith('infra/')));
}

module.exports = { workspaces };
