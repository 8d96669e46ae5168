import { Recent } from './recent';

test('only those set last are known', () => {
  const recent = new Recent<number>(3);
  ['a', 'b', 'c', 'a', 'd'].forEach((key, index) => recent.set(key, index));
  expect(['a', 'b', 'c', 'd'].map(recent.get)).toEqual([3, undefined, 2, 4]);
});
