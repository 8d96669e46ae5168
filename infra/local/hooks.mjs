import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import config from './src/config.cjs';

const { root } = config;

/** Makes git use the hooks in `.github/hooks`, unless this is not a clone or other hooks are configured. */
export function useHooks() {
  if (!fs.existsSync(path.join(root, '.git'))) return;
  const git = (...args) => spawnSync('git', ['config', ...args], { cwd: root, stdio: 'ignore' }).status === 0;
  if (!git('--get', 'core.hooksPath')) git('core.hooksPath', '.github/hooks');
}

if (process.argv[1] === import.meta.filename) useHooks();
