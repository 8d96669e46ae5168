import { execFileSync } from 'node:child_process';
import path from 'node:path';

const script = path.resolve(__dirname, '../../../.github/affected-suites.mjs');
const run = (args: string[], input: string) =>
  JSON.parse(execFileSync('node', [script, ...args], { input, encoding: 'utf8' })) as string[];

const all = run(['--all'], '');
const affectedBy = (...files: string[]) => run([], files.join('\n'));
const shipping = ['infra/docker/x', 'infra/k8s/auth.yaml', 'skaffold.yaml', '.github/workflows/tests.yml'];

test.each([
  ['a service: its suite and the system', ['orders/src/store.ts'], ['orders', 'infra/e2e']],
  ['the site: its suite and the system', ['client/app/page.tsx'], ['client', 'infra/e2e']],
  ['two workspaces: both', ['auth/src/index.ts', 'infra/bench/src/index.ts'], ['auth', 'infra/bench', 'infra/e2e']],
  [
    'the emulator: what uses it too',
    ['infra/local/stripe/src/index.ts'],
    ['payments', 'infra/e2e', 'infra/local/stripe'],
  ],
  ['the bench: itself', ['infra/bench/src/load.ts'], ['infra/bench']],
  ['images, manifests and workflows: what tests those', shipping, ['infra/cluster']],
  ['words: nothing', ['README.md', 'orders/README.md'], []],
])('%s', (_change, files, suites) => {
  expect(affectedBy(...files)).toEqual(suites);
});

const everywhere = [
  'common/src/bus.ts',
  'infra/local/src/jest.setup.ts',
  'package-lock.json',
  'tsconfig.base.json',
  'nowhere/x.ts',
];

test.each(everywhere)('%s: everything', (file) => {
  expect(affectedBy('README.md', file)).toEqual(all);
});
