import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import lock from '../lock.cjs';
import { openData, type DataFolder } from './data';
import type { PartKind, PartPlan } from './part';
import { findFreePort } from './ports';
import { accepts } from './probes';
import { launch, type Stack } from './stack';

const SERVER = `
const port = Number(process.argv[2]);
require('node:http').createServer((_request, response) => response.end(String(process.pid))).listen(port, '127.0.0.1');
console.log('listening on ' + port);
process.on('SIGTERM', () => { require('node:fs').appendFileSync(process.argv[3], port + ' '); process.exit(); });
`;

let home: string;
let folder: DataFolder;
let stack: Stack | undefined;
let said: string[];

beforeEach(async () => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'stack-'));
  fs.writeFileSync(path.join(home, 'server.js'), SERVER);
  folder = await openData(path.join(home, 'data'));
  said = [];
});

afterEach(async () => {
  await stack?.stop();
  stack = undefined;
  folder.release();
  fs.rmSync(home, { recursive: true });
});

const reporter = {
  say: (text: string) => void said.push(text),
  step: <T>(_title: string, work: () => Promise<T>) => work(),
};

async function server(name: string, kind: PartKind = 'service', script = 'server.js'): Promise<PartPlan> {
  const port = await findFreePort();
  const args = [path.join(home, script), `${port}`, path.join(home, 'order')];
  return { name, kind, command: process.execPath, args, port, log: folder.logOf(name), ready: accepts(port) };
}

async function start(...parts: PartPlan[]): Promise<Stack> {
  stack = await launch({ url: 'http://localhost:1', parts, folder, reporter });
  return stack;
}

const noted = () =>
  JSON.parse(fs.readFileSync(folder.stackFile, 'utf8')) as { url: string; parts: { pid: number | null }[] };

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}

const runs = (pid: number) => lock.identify(pid) !== undefined;

test('a part killed with SIGKILL is reported with its last lines and restarts on its port; stack.json stays accurate', async () => {
  const running = await start(await server('orders'), await server('tickets'));
  const { pid, port, log } = running.part('orders');
  expect(noted()).toEqual({ url: 'http://localhost:1', parts: running.parts });
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe(`${pid}`);
  const other = running.part('tickets').pid;
  process.kill(pid!, 'SIGKILL');
  await until(() => running.part('orders').pid === null);
  expect(noted().parts[0]).toEqual({ name: 'orders', pid: null, port, log });
  expect(said.join('\n')).toMatch(/✗ orders was killed by SIGKILL\n {4}listening on \d+/);
  await until(accepts(port));
  expect(running.part('orders')).toMatchObject({ port, log });
  expect(running.part('tickets').pid).toBe(other);
  expect(noted().parts).toEqual(running.parts);
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe(`${noted().parts[0]!.pid}`);
});

test('a part that fails five times within a minute stops the stack, with the reason', async () => {
  fs.writeFileSync(path.join(home, 'broken.js'), `console.log('no database'); process.exit(3);`);
  await expect(start(await server('tickets'), await server('orders', 'service', 'broken.js'))).rejects.toThrow(
    /orders exited with code 3\n(.*\n)* {4}no database\n(.*\n)*.*five times within a minute/,
  );
  expect(fs.existsSync(folder.stackFile)).toBe(false);
  expect(said.filter((text) => text.includes('starts again'))).toHaveLength(4);
});

test('a program that cannot be run counts as a failure', async () => {
  const plan = { ...(await server('redis')), command: path.join(home, 'nothing') };
  await expect(start(plan)).rejects.toThrow(/redis could not be started: .*ENOENT/);
});

test('stops proxy, client, services, then servers, and removes stack.json', async () => {
  const kinds: PartKind[] = ['mongo', 'nats', 'service', 'proxy', 'client', 'stripe', 'redis'];
  const parts = await Promise.all(kinds.map((kind) => server(kind, kind)));
  const running = await start(...parts);
  const pids = running.parts.map(({ pid }) => pid!);
  await running.stop();
  const portOf = (kind: string) => parts.find((part) => part.kind === kind)!.port;
  const order = ['proxy', 'client', 'service', 'stripe', 'nats', 'redis', 'mongo'].map(portOf);
  expect(fs.readFileSync(path.join(home, 'order'), 'utf8').trim().split(' ').map(Number)).toEqual(order);
  expect(pids.filter(runs)).toEqual([]);
  expect(fs.existsSync(folder.stackFile)).toBe(false);
  expect(await running.ended).toBeUndefined();
});

/** A part that ignores every request to stop. */
async function deafServer(stopWithinMs: number): Promise<PartPlan> {
  const script = `${SERVER}; process.removeAllListeners('SIGTERM').on('SIGTERM', () => {});`;
  fs.writeFileSync(path.join(home, 'deaf.js'), script);
  return { ...(await server('payments', 'service', 'deaf.js')), stopWithinMs };
}

test('a part that does not stop in time is killed', async () => {
  const running = await start(await deafServer(1_000));
  const pid = running.part('payments').pid!;
  await running.stop();
  expect(runs(pid)).toBe(false);
});

test('says what a stop is waiting for, and a second request to stop ends everything at once', async () => {
  const [stop, kill] = [new AbortController(), new AbortController()];
  const parts = [await deafServer(3_600_000), await server('mongo-orders', 'mongo')];
  stack = await launch({ url: 'http://localhost:1', parts, folder, reporter }, stop.signal, kill.signal);
  const pids = stack.parts.map(({ pid }) => pid!);
  stop.abort();
  await until(() => said.some((text) => /payments: what is under way is finished first; Ctrl-C again/.test(text)));
  expect(pids.filter(runs)).toEqual(pids);
  kill.abort();
  await stack.ended;
  expect(pids.filter(runs)).toEqual([]);
  expect(fs.existsSync(folder.stackFile)).toBe(false);
});

test('requests get in only once every part is ready', async () => {
  let isReady = false;
  const slow = { ...(await server('auth')), ready: () => Promise.resolve(isReady) };
  const [proxy, client] = [await server('proxy', 'proxy'), await server('client', 'client')];
  const starting = start(proxy, slow, client);
  await until(() => said.some((text) => text.includes('client is ready')));
  expect(noted().parts.map(({ pid }) => pid !== null)).toEqual([false, true, true]);
  isReady = true;
  expect((await starting).part('proxy').pid).not.toBeNull();
});

test('an abort stops a stack that is still starting', async () => {
  const stop = new AbortController();
  const never = { ...(await server('orders')), ready: () => Promise.resolve(false) };
  const starting = launch({ url: 'http://localhost:1', parts: [never], folder, reporter }, stop.signal);
  const { pid } = noted().parts[0]!;
  stop.abort();
  await expect(starting).rejects.toThrow('Stopped before it was ready');
  expect(runs(pid!)).toBe(false);
});

test('a second stack on the same data is refused', async () => {
  const script = `require('${path.join(__dirname, '../lock.cjs')}').tryLock(process.argv[1]); console.log('mine'); setInterval(() => {}, 1000)`;
  const other = spawn(process.execPath, ['-e', script, path.join(home, 'other/lock')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(other.stdout, 'data');
  await expect(openData(path.join(home, 'other'))).rejects.toThrow(/Another stack runs on .*other.*--data/);
  other.kill('SIGKILL');
  await once(other, 'exit');
  (await openData(path.join(home, 'other'))).release();
});

test('--fresh deletes stored data and leaves other files; secrets last, readable only by their owner', async () => {
  const data = path.join(home, 'kept');
  const first = await openData(data);
  const secret = first.secret('jwt-key');
  expect(fs.statSync(path.join(data, 'store/secrets/jwt-key')).mode & 0o777).toBe(0o600);
  fs.writeFileSync(path.join(data, 'mine.txt'), 'mine');
  first.release();
  const second = await openData(data);
  expect(second.secret('jwt-key')).toBe(secret);
  second.release();
  const fresh = await openData(data, true);
  expect(fresh.secret('jwt-key')).not.toBe(secret);
  expect(fs.existsSync(path.join(data, 'mine.txt'))).toBe(true);
  fresh.release();
});
