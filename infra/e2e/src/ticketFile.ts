import { createHash, randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** Ticket files with unique content: none may be listed twice. */

const SCALE = 6;
const [BLACK, GRAY, WHITE] = [0, 200, 255];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A grayscale PNG. */
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

/** An image of a QR code with this text. */
export function aQrCode(text: string): Buffer {
  const { data, size } = encode(text, { border: 4 });
  return png(size * SCALE, (x, y) => (data[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)] ? BLACK : WHITE));
}

/** An image without a code, this many pixels wide and high: noise below a gray area. */
export function aPicture(side = 240, noisy = 1): Buffer {
  const noise = randomBytes(side * noisy);
  return png(side, (x, y) => noise[y * side + x] ?? GRAY);
}

/** A ticket file with a QR code, as a browser's file input takes it. */
export const scannable = () => asFile(aQrCode(randomBytes(12).toString('hex')));

/** A file without a code, of some 1.2 MB: three parts of an upload. */
export const photo = () => asFile(aPicture(1_100, 1_100));

const asFile = (buffer: Buffer) => ({ name: 'ticket.png', mimeType: 'image/png', buffer });

/** A PDF of one empty page. */
export function aPdf(): Buffer {
  const page = '/Type /Page /Parent 2 0 R /MediaBox [0 0 300 300]';
  const objects = ['/Type /Catalog /Pages 2 0 R', '/Type /Pages /Kids [3 0 R] /Count 1', page];
  const text = objects.map((object, index) => `${index + 1} 0 obj << ${object} >> endobj\n`).join('');
  return Buffer.from(`%PDF-1.4\n${text}trailer << /Size 4 /Root 1 0 R >>\n%${randomBytes(9).toString('hex')}\n`);
}

/** A pass for Apple Wallet. */
export function aPass(): Buffer {
  const pass = Buffer.from(JSON.stringify({ formatVersion: 1, serialNumber: randomBytes(9).toString('hex') }));
  const manifest = JSON.stringify({ 'pass.json': createHash('sha1').update(pass).digest('hex') });
  return zip({ 'pass.json': pass, 'manifest.json': Buffer.from(manifest), signature: Buffer.from('signature') });
}

/** An archive without compression. */
function zip(files: Record<string, Buffer>): Buffer {
  const [contents, entries]: [Buffer[], Buffer[]] = [[], []];
  const sizeOf = (parts: Buffer[]) => parts.reduce((sum, { length }) => sum + length, 0);
  for (const [name, content] of Object.entries(files)) {
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(content.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(sizeOf(contents), 10);
    contents.push(Buffer.from('PK\x03\x04'), facts, Buffer.from(name), content);
    entries.push(Buffer.from('PK\x01\x02\x14\x00'), facts, place, Buffer.from(name));
  }
  const end = Buffer.alloc(18);
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(sizeOf(entries), 8);
  end.writeUInt32LE(sizeOf(contents), 12);
  return Buffer.concat([...contents, ...entries, Buffer.from('PK\x05\x06'), end]);
}
