import { isKept } from './persistence';

it.each([
  [{ id: 'a' }, { id: 'a' }, true],
  [{ id: 'a' }, { id: 'b' }, false],
  [41, 42, true],
  [42, 41, false],
  ['', undefined, false],
])('of %j, with %j afterwards, everything is kept: %s', (before, after, kept) => {
  expect(isKept(before, after)).toBe(kept);
});
