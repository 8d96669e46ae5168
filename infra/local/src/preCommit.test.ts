import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '../../..');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'pre commit-'));
const copied = [
  'common',
  'expiration',
  'infra/local/src/services.cjs',
  '.github/hooks',
  'oxlint.config.mjs',
  'tsconfig.base.json',
  '.oxfmtrc.json',
];

const git = (...args: string[]) => spawnSync('git', args, { cwd: dir, encoding: 'utf8' });
const fileOf = (name: string) => path.join(dir, name);

/** A clone with its packages, in which nothing has been compiled. */
beforeAll(() => {
  const isSource = (file: string) => !/\/(dist|node_modules)$|\.tsbuildinfo$/.test(file);
  for (const name of copied) fs.cpSync(path.join(root, name), fileOf(name), { recursive: true, filter: isSource });
  fs.mkdirSync(fileOf('node_modules/@ticketing'), { recursive: true });
  for (const name of fs.readdirSync(path.join(root, 'node_modules')))
    if (name !== '@ticketing') fs.symlinkSync(path.join(root, 'node_modules', name), fileOf(`node_modules/${name}`));
  fs.symlinkSync(fileOf('common'), fileOf('node_modules/@ticketing/common'));
  git('init', '--quiet');
  git('config', 'core.hooksPath', '.github/hooks');
  git('config', 'user.name', 'Ann');
  git('config', 'user.email', 'ann@test.com');
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

/** Commits one file; returns the hook's output if it refuses. */
function refusal(name: string, text: string): string | null {
  fs.writeFileSync(fileOf(name), text);
  git('add', name);
  const { status, stdout, stderr } = git('commit', '--quiet', '--message', name);
  return status === 0 ? null : stdout + stderr;
}

test('a clone can commit before anything is compiled, even code that imports from common', () => {
  const name = 'expiration/src/a name.ts';
  const text = `import { parsePrice } from '@ticketing/common/contract';\n\nexport const price = parsePrice('1').toString();\n`;
  expect(refusal(name, text)).toBeNull();
  expect(git('ls-tree', '-r', '-z', '--name-only', 'HEAD').stdout).toBe(`${name}\0`);
});

test.each([
  ['badly formatted', 'expiration/src/b.ts', 'export const  a = 1\n', 'b.ts'],
  ['against a rule on types', 'expiration/src/c.ts', 'Promise.resolve();\n', 'no-floating-promises'],
  ['badly formatted, even if it is not code', 'd.md', '*  a\n', 'd.md'],
])('it refuses what is %s', (_what, name, text, complaint) => {
  expect(refusal(name, text)).toContain(complaint);
  git('rm', '--cached', '--quiet', name);
});
