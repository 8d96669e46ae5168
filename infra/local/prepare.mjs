import fs from 'node:fs';
import path from 'node:path';
import command from './src/command.cjs';
import config from './src/config.cjs';
import reporting from './src/reporter.cjs';
import programs from './src/servers/index.cjs';
import { useHooks } from './hooks.mjs';
import lock from './lock.cjs';

const { root } = config;
const { terminalReporter: reporter } = reporting;
const WITHIN_MS = 20 * 60_000;

/**
 * Prepares a clone to run its compiled code: a supported Node, the git hooks and the locked packages, then `compile`; server
 * programs are located meanwhile. If two run at once in one clone, the second waits.
 * @param runsOnly installs only the packages needed to run; the others are twice as many (decision 109)
 * @returns the result of `compile`, and the servers' paths, each as a promise
 */
export function prepare(compile, { runsOnly = false } = {}) {
  requireNode();
  const { promise: packages, resolve: packagesAreThere } = withResolvers();
  const servers = programs.findServers(reporter, packages);
  // The error reaches whoever awaits them.
  servers.catch(() => undefined);
  const waiting = () => reporter.say('  … another run is preparing this clone');
  const compiled = lock.withLock(path.join(root, '.cache/prepare.lock'), waiting, async () => {
    useHooks();
    if (!packagesInstalled(runsOnly)) await reporter.step('Installing packages', () => installPackages(runsOnly));
    packagesAreThere();
    return compile(reporter);
  });
  return { compiled, servers };
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

const packagesIn = (lockfile) => JSON.parse(fs.readFileSync(path.join(root, lockfile), 'utf8')).packages;
/** Where npm records what is installed. */
const NOTED = 'node_modules/.package-lock.json';
const isFresh = () => !fs.existsSync(path.join(root, NOTED));

/** Compares the lockfile with what npm recorded as installed; packages of other platforms may be missing. */
function packagesInstalled(runsOnly) {
  if (isFresh()) return false;
  const installed = packagesIn(NOTED);
  return Object.entries(packagesIn('package-lock.json')).every(
    ([place, { version, optional, dev, devOptional }]) =>
      !place.includes('node_modules/') ||
      installed[place]?.version === version ||
      optional ||
      (runsOnly && !installed[place] && (dev || devOptional)),
  );
}

/**
 * Runs the npm that started this, for all workspaces even if started in one of them. A fresh clone that is only run gets no
 * development packages; they are added when needed, while a stack may be running.
 */
async function installPackages(runsOnly) {
  const whole = packagesInstalled(true) ? ['install', '--no-save', '--include=dev'] : ['ci', '--include=dev'];
  const args = [
    ...(runsOnly && isFresh() ? ['ci', '--omit=dev'] : whole),
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { npm_execpath: npm } = process.env;
  const own = { npm_config_workspace: undefined, npm_config_workspaces: undefined, npm_config_local_prefix: undefined };
  const options = { cwd: root, env: own, timeoutMs: WITHIN_MS };
  await command.runToEnd(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, options).catch((error) => {
    throw new Error(`npm ${args[0]} failed (see its output above): fix that, then run this again`, { cause: error });
  });
}
