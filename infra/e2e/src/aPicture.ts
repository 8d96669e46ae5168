import { randomInt } from 'node:crypto';
import zlib from 'node:zlib';

const SIDE = 240;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(zlib.crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG of one grey, without a barcode; a few random dots keep it from being listed twice. */
export function aPicture(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  // Eight bits a pixel, no color.
  header.writeUInt8(8, 8);
  const rows = Buffer.alloc(SIDE * (SIDE + 1), 200);
  for (let y = 0; y < SIDE; y++) rows[y * (SIDE + 1)] = 0;
  for (let dot = 1; dot <= 8; dot++) rows[dot] = randomInt(256);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', zlib.deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
