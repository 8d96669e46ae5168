import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** Files of tickets, each of its own content: none may be listed twice. */

const SCALE = 6;
const [BLACK, WHITE] = [0, 255];

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

/** A picture of a ticket with a QR code. */
export function scannable(name = 'ticket.png') {
  const { data, size } = encode(randomBytes(12).toString('hex'), { border: 4 });
  const shade = (x: number, y: number) => (data[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)] ? BLACK : WHITE);
  return { name, mimeType: 'image/png', buffer: png(size * SCALE, shade) };
}

/** A picture in which there is nothing to read, of some 1.2 MB: three parts of an upload. */
export function photo(name = 'photo.png') {
  const size = 1_100;
  const noise = randomBytes(size * size);
  return { name, mimeType: 'image/png', buffer: png(size, (x, y) => noise[y * size + x] ?? WHITE) };
}
