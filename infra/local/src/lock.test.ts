import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import lock from '../lock.cjs';

const PROCESSES = 3;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-'));

afterEach(() => jest.restoreAllMocks());
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Takes and releases a lock repeatedly; fails if another process holds it meanwhile. */
const CONTENDER = `
const fs = require('node:fs');
const [lock, file] = process.argv.slice(1);
const { withLock } = require(lock);
(async () => {
  for (let round = 0; round < 200; round++)
    await withLock(file, () => undefined, async () => {
      fs.mkdirSync(file + '.inside');
      fs.rmdirSync(file + '.inside');
    });
})().catch((error) => { console.error(error); process.exit(1); });
`;

test('of many processes that want a lock, one holds it at a time', async () => {
  const args = ['-e', CONTENDER, path.join(__dirname, '../lock.cjs'), path.join(folder, 'contended')];
  const contenders = Array.from({ length: PROCESSES }, () => spawn(process.execPath, args, { stdio: 'inherit' }));
  const codes = await Promise.all(contenders.map(async (child) => (await once(child, 'exit'))[0] as number));
  expect(codes).toEqual(contenders.map(() => 0));
});

test('a lock released while another process inspects its owner can be taken', () => {
  const file = path.join(folder, 'given-back');
  const giveBack = lock.tryLock(file);
  expect(lock.tryLock(file)).toBeUndefined();
  const read = fs.readFileSync;
  jest.spyOn(fs, 'readFileSync').mockImplementation((...args: Parameters<typeof read>) => {
    if (args[0] === file) giveBack?.();
    return read(...args);
  });
  const unlock = lock.tryLock(file);
  expect(unlock).toBeDefined();
  unlock?.();
  expect(fs.existsSync(file)).toBe(false);
});

test('a process that died while removing a dead lock blocks nobody', () => {
  const file = path.join(folder, 'abandoned');
  fs.writeFileSync(file, '1 0');
  fs.writeFileSync(`${file}.stale`, '');
  fs.utimesSync(`${file}.stale`, 0, 0);
  const unlock = lock.tryLock(file);
  expect(unlock).toBeDefined();
  expect(fs.existsSync(`${file}.stale`)).toBe(false);
  unlock?.();
});
