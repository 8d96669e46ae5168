import path from 'node:path';
import { environment, root } from '../config';
import { findOnPath } from './find';
import { install, run } from './installers';
import type { Server } from './server';
import { aptInstall } from './tools';

const programs = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of the browser test. */
export function chromium(cache: string): Server {
  return {
    title: 'Chromium',
    variable: 'CHROMIUM',
    programs,
    cachedAs: 'chromium',
    attempts: [
      { title: 'apt-get install chromium', fetch: fromApt },
      {
        title: `playwright-core's installer`,
        fetch: (workspace) => fromPlaywright(path.join(cache, 'playwright'), workspace),
      },
    ],
  };
}

async function fromApt(workspace: string): Promise<string> {
  await aptInstall(['chromium'], workspace);
  const program = findOnPath(programs, environment);
  if (!program) throw new Error('the package chromium has no chromium');
  return program;
}

async function fromPlaywright(folder: string, workspace: string): Promise<string> {
  const settings = { PLAYWRIGHT_BROWSERS_PATH: folder };
  await run([path.join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium'], settings);
  return install(`require('playwright-core').chromium.executablePath()`, settings, workspace);
}
