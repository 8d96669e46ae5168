import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { root } from './workflows';

/** The bugs that `npm run mutants` plants. */
const { count, gone, files } = JSON.parse(
  execFileSync(process.execPath, [path.join(root, 'infra/mutants/list.mjs')], { encoding: 'utf8' }),
) as { count: number; gone: string[]; files: string[] };

test('every mutant still applies', () => {
  expect(gone).toEqual([]);
});

test('there are at least sixty, in every part', () => {
  expect(count).toBeGreaterThanOrEqual(60);
  const parts = new Set(files.map((file) => /^(infra\/)?[^/]+/.exec(file)?.[0]));
  const all = [
    'auth',
    'tickets',
    'orders',
    'payments',
    'expiration',
    'common',
    'client',
    'infra/k8s',
    'infra/local',
    'infra/bench',
    '.dependency-cruiser.cjs',
  ];
  expect([...parts].sort()).toEqual(all.sort());
});
