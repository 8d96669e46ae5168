import { apiRoutes } from '@ticketing/common/contract/openapi';
import fc from 'fast-check';
import { takenOf, type Known } from './fuzzRoutes';
import { shots } from './fuzzShots';
import { PAGES } from './fuzzWords';

const ids = (digit: string) => [digit.repeat(24)];
const known: Known = {
  cookies: ['session=x'],
  ...{ tickets: ids('1'), orders: ids('2'), uploads: ids('3'), people: ids('4') },
  passes: ['x.y.z'],
};
const sample = fc.sample(shots(known), { numRuns: 4_000, seed: 1 });
const calls = apiRoutes.flatMap(({ method, path, aliases = [] }) =>
  [path, ...aliases].map((each) => ({ method: method.toUpperCase(), path: each })),
);

it.each(calls)('requests $method $path', ({ method, path }) => {
  const pattern = new RegExp(`^${path.replace(/\{part\}/, '\\d').replace(/\{\w+\}/g, '[0-9a-z.]+')}(\\?|$)`);
  expect(sample.filter((shot) => shot.method === method && pattern.test(shot.path)).length).toBeGreaterThan(3);
});

it.each([...PAGES, '/auth/reset', '/support/people/ID', '/tickets/ID/live', '/.well-known/security.txt'])(
  'requests the page %s',
  (page) => {
    const pattern = new RegExp(`^${page.replace('.', '\\.').replace(/ID|PASS/, '[^/?]*')}(\\?|$)`);
    expect(sample.filter((shot) => shot.method === 'GET' && pattern.test(shot.path)).length).toBeGreaterThan(3);
  },
);

it.each(apiRoutes.filter(({ body }) => body))('has a valid body for $method $path', (route) => {
  expect(route.body?.safeParse(takenOf(route, '1'.repeat(24), 7)).success).toBe(true);
});
