import type { CoverArt } from './art';

/** A field seen from the upper tier: mown stripes, its lines, and the ball on its way. */
export const sport: CoverArt = {
  palettes: [
    ['#0a5c36', '#0e7345', '#f4f7e8', '#ffd23d'],
    ['#b3401c', '#c9501f', '#fff1de', '#d8ff4a'],
    ['#10408f', '#164fae', '#eaf2ff', '#ff7a3d'],
  ],
  draw(chance, [, stripe, line, ball]) {
    const turn = chance.whole(-24, 24);
    const [x, y] = [chance.whole(60, 260), chance.whole(40, 120)];
    const from = chance.whole(-40, 80);
    return (
      <>
        <g transform={`rotate(${turn} 160 100)`}>
          <path d="M-80-150h60v500h-60zM40-150h60v500H40zM160-150h60v500h-60zM280-150h60v500h-60z" fill={stripe} />
          <g fill="none" stroke={line} strokeWidth="5">
            <path d={`M${chance.whole(130, 190)}-150v500`} />
            <circle cx="160" cy="100" r={chance.whole(46, 70)} />
            <path d="M-80 20H20v160H-80M400 20H300v160h100" />
          </g>
        </g>
        <path
          d={`M${from} 210Q${x - 60} ${y - 40} ${x} ${y}`}
          fill="none"
          stroke={ball}
          strokeWidth="4"
          strokeDasharray="2 12"
          strokeLinecap="round"
        />
        <circle cx={x} cy={y} r={chance.whole(13, 20)} fill={ball} />
      </>
    );
  },
};
