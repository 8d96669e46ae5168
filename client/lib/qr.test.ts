import { encode } from 'uqr';
import { qrShapeOf } from './qr';

/** Draws the rectangles of a path on a grid: what a scanner sees. */
function paint({ size, path }: { size: number; path: string }): boolean[][] {
  const grid = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  for (const [, x = '', y = '', width = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    grid[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  return grid;
}

it('draws every module of the code, and nothing else', () => {
  const text = `https://tickets.example/pass/${'eyJhbGciOiJIUzI1NiJ9.'.repeat(7)}`;
  const shape = qrShapeOf(text);
  expect(paint(shape)).toEqual(encode(text, { ecc: 'M', border: 4 }).data);
  expect(shape.path.replaceAll(/M\d+ \d+h\d+v1h-\d+z/g, '')).toBe('');
});

it('keeps the margin white, as scanners need it', () => {
  const grid = paint(qrShapeOf('a'));
  const around = grid.flatMap((row, y) =>
    row.filter((_cell, x) => Math.min(x, y, grid.length - 1 - x, grid.length - 1 - y) < 4),
  );
  expect(around.some(Boolean)).toBe(false);
});
