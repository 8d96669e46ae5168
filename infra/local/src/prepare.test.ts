import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { environment, root } from './config.cjs';
import { findServers, servers, type StackServer } from './servers/index.cjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'to prepare-'));
const clone = path.join(folder, 'a clone');
const at = (...names: string[]) => path.join(clone, ...names);
const mark = (name: string) => path.join(folder, name);
const marks = ['searching', 'compiling'];

/** All that a fresh clone runs before its packages are installed. */
const copied = ['package.json', 'package-lock.json', '.github/hooks', 'infra/local'];
const isSource = (file: string) => !/\/(dist|node_modules|stripe)$/.test(file);

/** Waits until a file exists, or the clone no longer does. */
const untilFile = (name: string) => `until [ -e '${mark(name)}' ] || [ ! -e '${clone}' ]; do sleep 0.05; done`;
/** Stands in for npm, and installs only while servers are located. */
const npm = `
const fs = require('node:fs');
while (!fs.existsSync(${JSON.stringify(mark('searching'))}) && fs.existsSync(${JSON.stringify(clone)}))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
fs.mkdirSync('node_modules');
fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');`;
const run = `
import fs from 'node:fs';
import { prepare } from './infra/local/prepare.mjs';
const { compiled, servers } = prepare(() => fs.writeFileSync(${JSON.stringify(mark('compiling'))}, ''));
await compiled;
console.log(Object.keys(await servers).join());`;

let found: Record<StackServer, string>;

beforeAll(async () => {
  found = await findServers();
  for (const name of copied) fs.cpSync(path.join(root, name), at(name), { recursive: true, filter: isSource });
  fs.writeFileSync(at('npm.cjs'), npm);
  fs.writeFileSync(at('run.mjs'), run);
});
beforeEach(() => {
  for (const name of marks) fs.rmSync(mark(name), { force: true });
  for (const name of ['.git', 'node_modules', '.cache']) fs.rmSync(at(name), { recursive: true, force: true });
  git('init', '--quiet');
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const git = (...args: string[]) => spawnSync('git', args, { cwd: clone, encoding: 'utf8' });
const hooks = () => git('config', '--local', '--get', 'core.hooksPath').stdout.trim();

/** A server program that first does something else; returns its path. */
function wrapped(name: StackServer, first: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, `#!/bin/sh\n${first}\nexec '${found[name]}' "$@"\n`, { mode: 0o755 });
  return file;
}

function prepare(programs: Partial<Record<StackServer, string>> = found) {
  const named = Object.entries({ ...found, ...programs }).map(([name, file]) => [
    servers[name as StackServer].variable,
    file,
  ]);
  const env = { ...environment, ...Object.fromEntries(named), npm_execpath: at('npm.cjs') };
  const done = spawnSync(process.execPath, [at('run.mjs')], { cwd: clone, env, encoding: 'utf8', timeout: 250_000 });
  return `${done.stdout}${done.stderr}`;
}

test('servers are located while packages are installed and code is compiled', () => {
  const programs = {
    mongod: wrapped('mongod', `: > '${mark('searching')}'`),
    'redis-server': wrapped('redis-server', untilFile('compiling')),
  };
  expect(prepare(programs)).toMatch(/✓ Installing packages[^]*mongod,/);
});

test('a clone gets the hooks, even if its packages were installed before', () => {
  fs.writeFileSync(mark('searching'), '');
  prepare();
  expect(hooks()).toBe('.github/hooks');
  git('config', '--unset', 'core.hooksPath');
  expect(prepare()).not.toContain('Installing packages');
  expect(hooks()).toBe('.github/hooks');
});

describe('npm run hooks', () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const use = () => spawnSync('sh', ['-c', scripts['hooks'] ?? ''], { cwd: clone, encoding: 'utf8' });

  test('sets up the hooks of a clone', () => {
    expect(use()).toMatchObject({ status: 0, stderr: '' });
    expect(hooks()).toBe('.github/hooks');
    expect(fs.statSync(at(hooks(), 'pre-commit')).mode & 0o111).toBe(0o111);
  });

  test('leaves hooks alone that someone has configured', () => {
    git('config', 'core.hooksPath', 'my/hooks');
    use();
    expect(hooks()).toBe('my/hooks');
  });

  test('does nothing where there is no repository', () => {
    fs.rmSync(at('.git'), { recursive: true });
    expect(use()).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(fs.existsSync(at('.git'))).toBe(false);
  });
});
