import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** Files of tickets, each of its own content: none may be listed twice. */

const SCALE = 6;
const [BLACK, GRAY, WHITE] = [0, 200, 255];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG in shades of gray. */
function png(size: number, shade: (x: number, y: number) => number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header[8] = 8;
  const rows = Array.from({ length: size }, (_, y) => [0, ...Array.from({ length: size }, (_, x) => shade(x, y))]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.of()),
  ];
  return Buffer.concat([signature, ...parts]);
}

/** A picture of a QR code with this text. */
export function aQrCode(text: string): Buffer {
  const { data, size } = encode(text, { border: 4 });
  return png(size * SCALE, (x, y) => (data[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)] ? BLACK : WHITE));
}

/** A picture in which there is nothing to read, of this many pixels a side: noise, below a gray area. */
export function aPicture(side = 240, noisy = 1): Buffer {
  const noise = randomBytes(side * noisy);
  return png(side, (x, y) => noise[y * side + x] ?? GRAY);
}

/** A ticket's file with a QR code, as it is chosen in a browser. */
export const scannable = () => asFile(aQrCode(randomBytes(12).toString('hex')));

/** A file in which there is nothing to read, of some 1.2 MB: three parts of an upload. */
export const photo = () => asFile(aPicture(1_100, 1_100));

const asFile = (buffer: Buffer) => ({ name: 'ticket.png', mimeType: 'image/png', buffer });
