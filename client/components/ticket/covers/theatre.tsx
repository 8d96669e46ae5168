import type { CoverArt } from './art';

const FOLDS = 9;

/** A curtain, drawn aside for the light. */
export const theatre: CoverArt = {
  palettes: [
    ['#16070c', '#a3122f', '#d42247', '#ffdf9e'],
    ['#0b1020', '#1d3f8f', '#2f5fd0', '#ffe9b8'],
    ['#0c1512', '#0f6b52', '#17937a', '#fff0c2'],
  ],
  draw(chance, [, shade, cloth, light]) {
    const middle = chance.whole(120, 200);
    const gap = chance.whole(40, 80);
    const fold = (side: -1 | 1) =>
      Array.from({ length: FOLDS }, (_, index) => {
        const top = middle + side * (6 + index * 24);
        const foot = middle + side * (gap + index * 22);
        return `M${top} 0Q${top + side * 4} 120 ${foot} 200h${side * 11}Q${top + side * 16} 120 ${top + side * 12} 0z`;
      }).join('');
    const half = (side: -1 | 1) =>
      `M${middle} 0Q${middle + side * 8} 130 ${middle + side * gap} 200H${side < 0 ? -20 : 340}V0z`;
    return (
      <>
        <path d={`M${middle} -30L${middle - 130} 210h260z`} fill={light} fillOpacity=".9" />
        <ellipse cx={middle} cy="196" rx={gap + 40} ry="16" fill={light} />
        <path d={half(-1) + half(1)} fill={shade} />
        <path d={fold(-1) + fold(1)} fill={cloth} />
      </>
    );
  },
};
