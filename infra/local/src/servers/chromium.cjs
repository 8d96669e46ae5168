const path = require('node:path');
const { root } = require('../config.cjs');
const { aptProgram } = require('./apt.cjs');
const { install, run } = require('./installers.cjs');

const programs = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The browser of the browser test.
 * @param {string} cache
 * @returns {import('./types').Server}
 */
function chromium(cache) {
  return {
    title: 'Chromium',
    variable: 'CHROMIUM',
    programs,
    cachedAs: 'chromium',
    attempts: [
      { title: 'apt-get install chromium', fetch: () => aptProgram('chromium', programs) },
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

module.exports = { chromium };
