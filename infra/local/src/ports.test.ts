import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { choosePorts, findFreePort } from './ports';

test('ports are distinct, kept between runs, and replaced if something else listens there', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ports-'));
  const file = path.join(folder, 'ports.json');
  const first = await choosePorts(file, ['auth', 'nats']);
  expect(first.auth).not.toBe(first.nats);
  expect(await choosePorts(file, ['auth', 'nats'])).toEqual(first);
  const other = net.createServer().listen(first.auth, '127.0.0.1');
  await once(other, 'listening');
  const second = await choosePorts(file, ['auth', 'nats']);
  expect(second.nats).toBe(first.nats);
  expect(second.auth).not.toBe(first.auth);
  other.close();
  fs.rmSync(folder, { recursive: true });
});

test('other processes do not take a chosen port before anything listens on it', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ports-'));
  const file = path.join(folder, 'ports.json');
  const mine = await findFreePort();
  fs.writeFileSync(file, JSON.stringify({ auth: mine }));
  const choose = `require('./dist/ports').choosePorts(${JSON.stringify(file)}, ['auth']).then(({ auth }) => console.log(auth))`;
  const theirs = execFileSync(process.execPath, ['-e', choose], { cwd: path.join(__dirname, '..'), encoding: 'utf8' });
  expect(Number(theirs)).toBeGreaterThan(0);
  expect(Number(theirs)).not.toBe(mine);
  fs.rmSync(folder, { recursive: true });
});
