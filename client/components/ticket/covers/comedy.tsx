import type { CoverArt } from './art';

/** A laughing face, too large for the canvas. */
export const comedy: CoverArt = {
  palettes: [
    ['#ffc61a', '#17151c', '#ff5a36', '#fffaf0'],
    ['#ff7ab8', '#2b0f3a', '#ffe14d', '#fff5fb'],
    ['#3fd0c0', '#0b2b33', '#ff6a4d', '#f3fffd'],
  ],
  draw(chance, [, ink, tongue, white]) {
    const [x, y] = [chance.whole(120, 200), chance.whole(78, 100)];
    const width = chance.whole(74, 108);
    const eye = chance.whole(13, 20);
    const gaze = chance.whole(-6, 6);
    return (
      <g transform={`rotate(${chance.whole(-16, 16)} 160 100)`}>
        <path d={`M${x - width} ${y + 10}h${2 * width}a${width} ${width} 0 0 1-${2 * width} 0`} fill={ink} />
        <path d={`M${x - width + 14} ${y + 10}h${2 * width - 28}l-10 20H${x - width + 24}z`} fill={white} />
        <ellipse cx={x + gaze * 3} cy={y + width - 14} rx={width * 0.48} ry="24" fill={tongue} />
        {[-1, 1].map((side) => (
          <g key={side}>
            <circle cx={x + side * width * 0.55} cy={y - 36} r={eye + 9} fill={white} />
            <circle cx={x + side * width * 0.55 + gaze} cy={y - 34} r={eye - 3} fill={ink} />
          </g>
        ))}
      </g>
    );
  },
};
