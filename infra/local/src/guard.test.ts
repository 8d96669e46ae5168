import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import lock from '../lock.cjs';
import { startGuard, untilGuardEnds } from './guard';

const STACK = `
const { startGuard } = require(process.argv[1]);
const { spawn } = require('node:child_process');
const guard = startGuard(process.argv[2], process.argv[3]);
const part = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
guard.watch([part.pid]);
console.log(part.pid);
setInterval(() => undefined, 1000);
`;

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guard-'));
  fs.writeFileSync(path.join(folder, 'stack.json'), '{}');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const note = () => path.join(folder, 'guard');
const stackFile = () => path.join(folder, 'stack.json');

test('kills the parts of a stack that was killed, and removes its stack.json', async () => {
  const guard = path.join(__dirname, '../dist/guard.js');
  const stack = spawn(process.execPath, ['-e', STACK, guard, note(), stackFile()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(stack.stdout, 'data')) as [Buffer];
  const part = Number(line.toString());
  expect(lock.identify(part)).toBeDefined();
  stack.kill('SIGKILL');
  await once(stack, 'exit');
  await untilGuardEnds(note());
  expect(lock.identify(part)).toBeUndefined();
  expect(fs.existsSync(stackFile())).toBe(false);
});

test('leaves everything alone once it is released', async () => {
  const part = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const guard = startGuard(note(), stackFile());
  guard.watch([part.pid!]);
  await guard.release();
  expect(lock.identify(part.pid!)).toBeDefined();
  expect(fs.readdirSync(folder)).toEqual(['stack.json']);
  part.kill('SIGKILL');
  await once(part, 'exit');
});
