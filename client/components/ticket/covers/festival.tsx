import type { CoverArt } from './art';

const RAYS = 14;

/** A ray of light, as a triangle that extends beyond the canvas. */
function beam(x: number, y: number, angle: number): string {
  const tip = (turn: number) => `${Math.round(x + 380 * Math.cos(turn))} ${Math.round(y + 380 * Math.sin(turn))}`;
  return `M${x} ${y}L${tip(angle)}L${tip(angle + Math.PI / RAYS)}z`;
}

/** The sun over the hills, and bunting across the sky. */
export const festival: CoverArt = {
  palettes: [
    ['#ff6b3d', '#ffcf4a', '#0d6b6f', '#0a4a55'],
    ['#5b3df5', '#ffd0e6', '#e0407f', '#8f1d5c'],
    ['#27b3e6', '#fff3c9', '#2e9b57', '#136b46'],
  ],
  draw(chance, [, sun, hill, near]) {
    const [x, y] = [chance.whole(70, 250), chance.whole(84, 124)];
    const rays = Array.from({ length: RAYS }, (_, ray) => beam(x, y, (ray / RAYS) * 2 * Math.PI)).join('');
    const rise = chance.whole(-26, 26);
    const sag = chance.whole(24, 44);
    const flags = Array.from({ length: 9 }, (_, flag) => {
      const at = flag / 8;
      const hang = 4 + sag * 4 * at * (1 - at);
      return `M${Math.round(at * 300)} ${Math.round(hang)}h20l-10 20z`;
    });
    return (
      <>
        <path d={rays} fill={sun} fillOpacity=".25" />
        <circle cx={x} cy={y} r={chance.whole(34, 48)} fill={sun} />
        <path d={`M0 ${150 + rise}Q80 ${110 - rise} 170 ${150}T340 ${140 - rise}V200H0z`} fill={hill} />
        <path d={`M0 ${176 - rise / 2}Q110 ${150 + rise} 200 176T340 ${170 + rise / 2}V200H0z`} fill={near} />
        <path d={flags.join('')} fill={near} />
      </>
    );
  },
};
