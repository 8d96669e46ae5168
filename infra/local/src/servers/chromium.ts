import fs from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../command';
import { environment, root } from '../config';
import { findOnPath } from './find';
import type { Server } from './server';
import { aptInstall } from './tools';

const INSTALL_WITHIN_MS = 600_000;
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
      { title: `playwright-core's installer`, fetch: () => fromPlaywright(path.join(cache, 'playwright')) },
    ],
  };
}

async function fromApt(workspace: string): Promise<string> {
  await aptInstall(['chromium'], workspace);
  const program = findOnPath(programs, environment);
  if (!program) throw new Error('the package chromium has no chromium');
  return program;
}

async function fromPlaywright(folder: string): Promise<string> {
  const env = { PLAYWRIGHT_BROWSERS_PATH: folder };
  const cli = path.join(root, 'node_modules/playwright-core/cli.js');
  await runToEnd(process.execPath, [cli, 'install', 'chromium'], { env, timeoutMs: INSTALL_WITHIN_MS });
  const note = path.join(folder, 'executable');
  const script = `require('node:fs').writeFileSync(process.argv[1], require('playwright-core').chromium.executablePath())`;
  await runToEnd(process.execPath, ['-e', script, note], { cwd: root, env, timeoutMs: INSTALL_WITHIN_MS });
  return fs.readFileSync(note, 'utf8');
}
