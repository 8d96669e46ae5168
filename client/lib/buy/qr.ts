import { encode } from 'uqr';

/** A QR code as one SVG path on a square of `size` units, its quiet zone included. */
export interface QrShape {
  size: number;
  path: string;
}

/** Four modules: what a scanner may count on around the code. */
const QUIET_ZONE = 4;

/** Draws a text as a QR code that still reads with 15 % of it dirty or torn. Rows of dark modules are drawn as one. */
export function qrShapeOf(text: string): QrShape {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const rows = data.flatMap((row, y) => {
    const line = row.map((isDark) => (isDark ? '1' : '0')).join('');
    return [...line.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`);
  });
  return { size, path: rows.join('') };
}
