import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bareMachine, findFreePort } from '@ticketing/local';
import { say } from '../progress';
import type { Result } from '../result';

const root = path.join(__dirname, '../../../..');
const WITHIN_MS = 10 * 60_000;

/**
 * `npm start` on a newcomer's machine: a fresh clone of what is committed, an empty home, none of the servers; how
 * long until the page is served. Everything is downloaded, so the registries' speed counts too.
 */
export async function firstStart(): Promise<Result> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'a first start-'));
  try {
    const clone = path.join(folder, 'a clone');
    const { status, stderr } = spawnSync('git', ['clone', '-q', root, clone], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`The project cannot be cloned: ${stderr}`);
    const seconds = await start(clone, bareMachine(folder));
    return {
      figures: [{ name: 'fresh clone → page', unit: 's', measured: seconds, aim: { of: 'measured', atMost: 90 } }],
      wrong: {},
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function start(clone: string, env: NodeJS.ProcessEnv): Promise<number> {
  const port = await findFreePort();
  const log = path.join(clone, '../log');
  const output = fs.openSync(log, 'a');
  say('a first start, from a fresh clone');
  const begun = performance.now();
  const npm = spawn('npm', ['start', '--', '--port', `${port}`], {
    cwd: clone,
    env,
    detached: true,
    stdio: ['ignore', output, output],
  });
  const ended = once(npm, 'exit');
  const stop = () => {
    if (npm.pid && npm.exitCode === null) process.kill(-npm.pid, 'SIGINT');
  };
  // The bench itself may be interrupted.
  process.once('exit', stop);
  try {
    while (!(await isServed(port))) {
      const isOver = npm.exitCode !== null || performance.now() - begun > WITHIN_MS;
      if (isOver) throw new Error(`No page was served: ${fs.readFileSync(log, 'utf8').slice(-2_000)}`);
      await sleep(100);
    }
    return (performance.now() - begun) / 1000;
  } finally {
    stop();
    await ended;
    process.off('exit', stop);
    fs.closeSync(output);
  }
}

const isServed = (port: number) =>
  fetch(`http://localhost:${port}/`).then(
    ({ status }) => status === 200,
    () => false,
  );
