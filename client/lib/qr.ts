import { encode } from 'uqr';

/** A QR code as one SVG path on a square of `size` units, including its quiet zone. */
export interface QrShape {
  size: number;
  path: string;
}

/** Four modules: the quiet zone scanners rely on. */
const QUIET_ZONE = 4;

/** Encodes a text as a QR code that stays readable with 15 % of it damaged. Rows of dark modules are drawn as one. */
export function qrShapeOf(text: string): QrShape {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const rows = data.flatMap((row, y) => {
    const line = row.map((isDark) => (isDark ? '1' : '0')).join('');
    return [...line.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`);
  });
  return { size, path: rows.join('') };
}
