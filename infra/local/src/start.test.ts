import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { environment, root } from './config.cjs';

jest.setTimeout(900_000);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'to start-'));
const clone = path.join(folder, 'a clone');
const isCopied = (file: string) =>
  !/\/(\.git|\.cache|\.local|\.next|dist|node_modules)$|\.tsbuildinfo$/.test(file.slice(root.length));

/** A clone in a path with spaces, with its packages, in which nothing has been compiled. */
beforeAll(() => {
  fs.cpSync(root, clone, { recursive: true, filter: isCopied });
  fs.mkdirSync(path.join(clone, 'node_modules'));
  const [packages, installed] = [clone, root].map((place) => path.join(place, 'node_modules')) as [string, string];
  for (const name of fs.readdirSync(installed)) {
    const [from, to] = [path.join(installed, name), path.join(packages, name)];
    // Links into the clone.
    if (name === '@ticketing') fs.cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    else if (!name.startsWith('.')) fs.symlinkSync(from, to);
  }
  // They are what is installed here: npm must never run on links.
  fs.copyFileSync(path.join(root, 'package-lock.json'), path.join(packages, '.package-lock.json'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function run(program: string, args: string[], settings: NodeJS.ProcessEnv = {}) {
  const env = { ...environment, npm_execpath: path.join(folder, 'no-npm'), ...settings };
  const command = [path.join(clone, 'infra/local', program), ...args];
  return spawnSync(process.execPath, command, { env, encoding: 'utf8', timeout: 600_000 });
}

test('npm start runs what it compiles, and names the setting that is wrong', () => {
  const args = ['--data', path.join(folder, 'data'), '--port', '0'];
  const { status, stderr } = run('start.mjs', args, { MONGOD: '/nowhere' });
  expect(stderr).toContain('MONGOD is set to /nowhere');
  expect(status).toBe(1);
});

test('npm test runs a suite, and the service that it starts', () => {
  const { status, stderr } = run('test.mjs', ['expiration', 'src/credentials.test.ts']);
  expect(stderr).toContain('Tests:       2 passed, 2 total');
  expect(status).toBe(0);
});
