import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import lock from './lock.cjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Brings a clone, however fresh, to where its compiled code can run: a supported Node, the locked packages, and
 * the TypeScript of `projects` (all, if none is named) built. Of two at once on one clone, the second waits.
 * @returns whether everything compiled; type errors have been shown, and do not keep code from being emitted
 */
export async function prepare(projects = []) {
  requireNode();
  const waiting = () => console.log('  … another run is preparing this clone');
  return lock.withLock(path.join(root, '.cache/prepare.lock'), waiting, async () => {
    if (!packagesInstalled()) {
      const code = await step('Installing packages', ...npm('ci', '--no-audit', '--no-fund'));
      if (code !== 0) throw new Error('npm ci failed (its words are above): mend that, then run this again');
    }
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    return (await step('Compiling', process.execPath, [tsc, '-b', ...projects])) === 0;
  });
}

function requireNode() {
  const { engines } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const minimum = engines.node.replace('>=', '');
  if (minimum.localeCompare(process.versions.node, 'en', { numeric: true }) > 0) {
    throw new Error(`Node ${process.versions.node} is too old: install Node ${minimum} or later`);
  }
}

/** Compares what the lockfile asks for with what npm noted as installed; packages of other platforms may lack. */
function packagesInstalled() {
  const noted = path.join(root, 'node_modules/.package-lock.json');
  if (!fs.existsSync(noted)) return false;
  const installed = JSON.parse(fs.readFileSync(noted, 'utf8')).packages;
  const wanted = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([place, entry]) =>
      !place.includes('node_modules/') || entry.optional || installed[place]?.version === entry.version,
  );
}

/** npm as it was started, for the whole workspace even if it was started for one part of it. */
function npm(...args) {
  const { npm_execpath: program } = process.env;
  return program ? [process.execPath, [program, ...args]] : ['npm', args];
}

function step(title, command, args) {
  const started = Date.now();
  console.log(`  … ${title}`);
  const { npm_config_workspace, npm_config_workspaces, npm_config_local_prefix, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`  ${code === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
      resolve(code);
    });
  });
}
