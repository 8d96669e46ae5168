import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import command from './src/command.cjs';
import config from './src/config.cjs';
import reporting from './src/reporter.cjs';
import programs from './src/servers/index.cjs';
import lock from './lock.cjs';

const { root } = config;
const { terminalReporter: reporter } = reporting;
const WITHIN_MS = 20 * 60_000;

/**
 * Prepares a clone to run its compiled code: a supported Node and the locked packages, then `compile`; server programs
 * are located meanwhile. If two run at once on one clone, the second waits.
 * @returns the result of `compile`, and the servers' paths, each as a promise
 */
export function prepare(compile) {
  requireNode();
  const { promise: packages, resolve: packagesAreThere } = withResolvers();
  const servers = programs.findServers(reporter, packages);
  // Whoever awaits them gets the error.
  servers.catch(() => undefined);
  const waiting = () => reporter.say('  … another run is preparing this clone');
  const compiled = lock.withLock(path.join(root, '.cache/prepare.lock'), waiting, async () => {
    if (!packagesInstalled()) {
      await reporter.step('Installing packages', installPackages);
      useHooks();
    }
    packagesAreThere();
    return compile(reporter);
  });
  return { compiled, servers };
}

/**
 * Compiles projects, all by default, and checks their types.
 * @returns whether there was no error; errors have been printed, and do not prevent output
 */
export async function compile(...projects) {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const options = { cwd: root, timeoutMs: WITHIN_MS };
  return reporter
    .step('Compiling', () => command.runToEnd(process.execPath, [tsc, '-b', ...projects], options))
    .then(
      () => true,
      () => false,
    );
}

function withResolvers() {
  let resolve;
  const promise = new Promise((settle) => (resolve = settle));
  return { promise, resolve };
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

/** Installs the git hooks, unless this is not a clone or the user has configured other hooks. */
function useHooks() {
  if (!fs.existsSync(path.join(root, '.git'))) return;
  const git = (...args) => spawnSync('git', ['config', ...args], { cwd: root, stdio: 'ignore' }).status === 0;
  if (!git('--get', 'core.hooksPath')) git('core.hooksPath', '.github/hooks');
}

/** Runs npm as it was started, for the whole workspace even if started in one part of it. */
async function installPackages() {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { npm_execpath: npm } = process.env;
  const own = { npm_config_workspace: undefined, npm_config_workspaces: undefined, npm_config_local_prefix: undefined };
  const options = { cwd: root, env: own, timeoutMs: WITHIN_MS };
  await command.runToEnd(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, options).catch((error) => {
    throw new Error('npm ci failed (its words are above): mend that, then run this again', { cause: error });
  });
}
