import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { environment, root } from './config.cjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'start-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

test('npm start runs what it compiles, and names the setting that is wrong', () => {
  const args = [path.join(root, 'infra/local/start.mjs'), '--data', folder, '--port', '0'];
  const env = { ...environment, MONGOD: '/nowhere' };
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8', timeout: 50_000 });
  expect(stderr).toContain('MONGOD is set to /nowhere');
  expect(status).toBe(1);
});
