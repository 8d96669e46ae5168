import type { CoverArt } from './art';

const SIZE = 80;
const quarters = [
  'M0 0h80a80 80 0 0 1-80 80z',
  'M80 0v80a80 80 0 0 1-80-80z',
  'M80 80H0a80 80 0 0 1 80-80z',
  'M0 80V0a80 80 0 0 1 80 80z',
] as const;

/** Tiles: quarter circles in random orientations. */
export const other: CoverArt = {
  palettes: [
    ['#1c2fd4', '#8fc4ff', '#0c1570', '#ff6a4d'],
    ['#e8dcc6', '#d4402a', '#1f3a5f', '#f2a93b'],
    ['#103c3a', '#37c89c', '#f0e3c2', '#ff8552'],
  ],
  draw(chance, [, first, second, third]) {
    const tiles = Array.from({ length: 12 }, (_, tile) => ({
      at: `translate(${(tile % 4) * SIZE} ${Math.floor(tile / 4) * SIZE - 20})`,
      quarter: chance.pick(quarters),
      colour: chance.pick([first, second, first, second, third]),
    }));
    return tiles.map(({ at, quarter, colour }) => (
      <path key={at} d={quarter} fill={colour} stroke={colour} strokeWidth=".6" transform={at} />
    ));
  },
};
