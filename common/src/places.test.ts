import { Places } from './places';

test('no holder takes more than its share, and all together no more than there is', () => {
  const places = new Places({ total: 3, each: 2 });
  const free = places.take('ann');
  expect([free, places.take('ann'), places.take('ann')].map(Boolean)).toEqual([true, true, false]);
  expect([places.take('bob'), places.take('bob')].map(Boolean)).toEqual([true, false]);
  free?.();
  expect([places.take('bob'), places.take('ann')].map(Boolean)).toEqual([true, false]);
});

test('returned places can be taken again', () => {
  const places = new Places({ total: 1, each: 1 });
  for (let round = 0; round < 3; round++) {
    const free = places.take('ann');
    expect(free).toBeDefined();
    free?.();
  }
});
