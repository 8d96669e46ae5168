import type { CoverArt } from './art';

const BARS = 11;

/** Sound: rings around a stage light, and the levels of a desk. */
export const concert: CoverArt = {
  palettes: [
    ['#241047', '#ff4f9a', '#7a4dff', '#ffd84d'],
    ['#0d1b4c', '#6ee7ff', '#3d5bff', '#ff6a5c'],
    ['#3b0a3f', '#ff8a3d', '#d12bd8', '#ffe3f6'],
  ],
  draw(chance, [, first, second, third]) {
    const [x, y] = [chance.whole(70, 250), chance.whole(40, 90)];
    const levels = Array.from({ length: BARS }, (_, bar) => {
      const height = chance.whole(16, 110);
      return `M${bar * 30} 200v${-height}h20v${height}z`;
    });
    return (
      <>
        <circle cx={x} cy={y} r="150" fill={second} fillOpacity=".35" />
        <circle cx={x} cy={y} r="102" fill={second} fillOpacity=".6" />
        <circle cx={x} cy={y} r="62" fill={first} />
        <circle cx={x} cy={y} r="26" fill={third} />
        <path d={levels.join('')} fill={first} />
        <path d={levels[chance.whole(2, BARS - 3)]} fill={third} />
      </>
    );
  },
};
