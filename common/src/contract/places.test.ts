import { Places, SharedPlaces } from './places';

test('no holder takes more than its share, and all together no more than the total', () => {
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

test('neither an account nor its network takes all, and a refusal takes nothing', () => {
  const places = new SharedPlaces({ total: 4, ofAccount: 2, ofNetwork: 3 });
  const take = (id: string, network: string) => places.take({ id, network });
  const free = take('ann', 'home');
  expect([free, take('ann', 'home'), take('ann', 'home')].map(Boolean)).toEqual([true, true, false]);
  expect([take('bob', 'home'), take('eve', 'home'), take('bob', 'home')].map(Boolean)).toEqual([true, false, false]);
  expect(places.full).toBe(false);
  expect([take('eve', 'school'), take('joe', 'school')].map(Boolean)).toEqual([true, false]);
  expect(places.full).toBe(true);
  free?.();
  expect(places.full).toBe(false);
  expect([take('eve', 'home'), take('bob', 'home')].map(Boolean)).toEqual([true, false]);
});
