import { chanceOf } from './chance';

const draw = (seed: string) => {
  const chance = chanceOf(seed);
  return Array.from({ length: 20 }, () => chance.whole(0, 1000));
};

it('is the same for the same seed, and different for its neighbour', () => {
  expect(draw('65f0c0ffee65f0c0ffee65f0')).toEqual(draw('65f0c0ffee65f0c0ffee65f0'));
  expect(draw('65f0c0ffee65f0c0ffee65f0')).not.toEqual(draw('65f0c0ffee65f0c0ffee65f1'));
});

it('stays within its bounds, and reaches them', () => {
  const chance = chanceOf('dice');
  const drawn = Array.from({ length: 500 }, () => chance.whole(1, 6));
  expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([1, 6]);
  expect(['a', 'b']).toContain(chance.pick(['a', 'b']));
});
