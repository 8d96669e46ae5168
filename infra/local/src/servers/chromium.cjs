const path = require('node:path');
const { environment, root } = require('../config.cjs');
const { aptProgram } = require('./apt.cjs');
const { install, run } = require('./installers.cjs');
const { findOnPath } = require('./onPath.cjs');

const shell = 'chromium-headless-shell';
const whole = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The browser of the browser tests: Chromium's headless shell, whose windows take a fifth of the CPU (decision 108);
 * otherwise the full Chromium.
 * @param {string} cache
 * @returns {import('./types').Server}
 */
function chromium(cache) {
  return {
    title: 'Chromium',
    variable: 'CHROMIUM',
    programs: [shell],
    cachedAs: shell,
    attempts: [
      { title: `apt-get install ${shell}`, fetch: () => aptProgram(shell, [shell]) },
      { title: 'the whole of it on PATH', fetch: async () => onPath() },
      { title: 'apt-get install chromium', fetch: () => aptProgram('chromium', whole) },
      {
        title: `playwright-core's installer`,
        fetch: (context) => fromPlaywright(path.join(cache, 'playwright'), context),
      },
    ],
  };
}

/**
 * @param {string} folder
 * @param {import('./types').Context} context
 */
async function fromPlaywright(folder, context) {
  const settings = { PLAYWRIGHT_BROWSERS_PATH: folder };
  await run([path.join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'], settings, context);
  return install(`require('playwright-core').chromium.executablePath()`, settings, context);
}

/** @returns {string} */
function onPath() {
  const found = findOnPath(whole, environment);
  if (!found) throw new Error(`there is no ${whole.join(' or ')}`);
  return found;
}

module.exports = { chromium };
