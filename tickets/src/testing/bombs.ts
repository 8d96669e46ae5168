import { deflateSync } from 'node:zlib';

/** Small files that cost a decoder much: time, memory, or a deep stack. */

/** A PDF of these objects; the first one is its catalog. */
export function pdfOf(objects: (string | Buffer)[], trailer = ''): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    length += part.length;
    parts.push(part);
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const end = `trailer << /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${end}`)]);
}

export const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
const FORM = '/Type /XObject /Subtype /Form /BBox [0 0 612 792]';

const streamOf = (entries: string, data: Buffer | string) =>
  Buffer.concat([
    Buffer.from(`<< ${entries} /Length ${data.length} >>\nstream\n`),
    Buffer.from(data),
    Buffer.from('\nendstream'),
  ]);

/** A PDF of a page with this content; objects from 5 on are its resources. */
export const pageOf = (content: string | Buffer, resources = '', more: (string | Buffer)[] = []) =>
  pdfOf([
    CATALOG,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << ${resources} >> >>`,
    Buffer.isBuffer(content) ? content : streamOf('', content),
    ...more,
  ]);

/** A form that draws the next one `times`, and so on: `times ** depth` in all. */
export const formsOf = (depth: number, times: number, entries = '') =>
  pageOf(
    '/F Do',
    '/XObject << /F 5 0 R >>',
    Array.from({ length: depth }, (_, at) =>
      streamOf(`${FORM} ${entries} /Resources << /XObject << /F ${6 + at} 0 R >> >>`, '/F Do '.repeat(times)),
    ).concat(streamOf(FORM, '0 0 9 9 re f')),
  );

/** A form that draws itself. */
export const drawsItself = () =>
  pageOf('/F Do', '/XObject << /F 5 0 R >>', [
    streamOf(`${FORM} /Resources << /XObject << /F 5 0 R >> >>`, '/F Do '.repeat(10)),
  ]);

/** That many images of 16 million pixels on a page. */
export function imagesOf(count: number): Buffer {
  const all = Array.from({ length: count }, (_, at) => at);
  const image = '/Type /XObject /Subtype /Image /Width 4000 /Height 4000 /ColorSpace /DeviceRGB /BitsPerComponent 8';
  const packed = deflateSync(Buffer.alloc(4_000 * 4_000 * 3));
  return pageOf(
    all.map((at) => `q 600 0 0 700 0 0 cm /I${at} Do Q`).join('\n'),
    `/XObject << ${all.map((at) => `/I${at} ${5 + at} 0 R`).join(' ')} >>`,
    all.map(() => streamOf(`${image} /Filter /FlateDecode`, packed)),
  );
}

/** A page tree of that depth. */
export const deepPages = (depth: number) =>
  pdfOf([
    CATALOG,
    ...Array.from({ length: depth }, (_, at) => `<< /Type /Pages /Kids [${at + 3} 0 R] /Count 1 >>`),
    '<< /Type /Page /MediaBox [0 0 9 9] >>',
  ]);

/** A pattern whose tiles are smaller than a pixel. */
export const finePattern = () =>
  pageOf('/Pattern cs /P scn 0 0 612 792 re f', '/Pattern << /P 5 0 R >>', [
    streamOf(
      '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 /YStep 0.001 /Resources << >>',
      '0 0 1 1 re f',
    ),
  ]);

/** Content that unpacks to 256 MB, compressed three times. */
export const packedThrice = () =>
  pageOf(
    streamOf(
      '/Filter [/FlateDecode /FlateDecode /FlateDecode]',
      deflateSync(deflateSync(deflateSync(Buffer.alloc(1 << 28, ' '), { level: 1 }))),
    ),
  );

/** A PNG chunk; decoders ignore the wrong checksum of chunks they skip. */
function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  data.copy(bytes, 8);
  return bytes;
}

/** A PNG with further chunks after its header. */
export const withChunks = (png: Buffer, type: string, data: Buffer, count = 1) =>
  Buffer.concat([png.subarray(0, 33), ...Array.from({ length: count }, () => chunk(type, data)), png.subarray(33)]);

/** A progressive JPEG of 16 million pixels in that many scans of a few bytes each. */
export function scansOf(count: number): Buffer {
  const segment = (marker: number, data: number[]) => [0xff, marker, 0, data.length + 2, ...data];
  const [size, none] = [[0x0f, 0xa0], Array.from({ length: 15 }, () => 0)];
  const blocks = 500 * 500;
  // One symbol each: no difference for DC, a run of 32,767 empty blocks for AC.
  const runs = `${'0'}${'1'.repeat(14)}`.repeat(Math.ceil(blocks / 32_767));
  const bytes = (runs.match(/.{1,8}/g) ?? []).flatMap((bits) => {
    const byte = parseInt(bits.padEnd(8, '1'), 2);
    return byte === 0xff ? [byte, 0] : [byte];
  });
  const scan = Buffer.from([...segment(0xda, [1, 1, 0, 1, 63, 0]), ...bytes]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)])]),
    Buffer.from(segment(0xc2, [8, ...size, ...size, 1, 1, 0x11, 0])),
    Buffer.from([...segment(0xc4, [0x00, 1, ...none, 0]), ...segment(0xc4, [0x10, 1, ...none, 0xe0])]),
    Buffer.from(segment(0xda, [1, 1, 0, 0, 0, 0])),
    Buffer.alloc(blocks / 8),
    ...Array.from({ length: count }, () => scan),
    Buffer.from([0xff, 0xd9]),
  ]);
}

const UNKNOWN = 0xffffffff;

/**
 * A zip64 archive of uncompressed files.
 * @param declared the size declared for each; null for none
 */
export function zip64Of(files: Record<string, Uint8Array>, declared?: number | null): Buffer {
  const parts: Buffer[] = [];
  const sizeOf = () => parts.reduce((sum, { length }) => sum + length, 0);
  const sizes = (size: number, offset: number) => {
    if (declared === null) return Buffer.of();
    const extra = Buffer.alloc(28);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    for (const [at, value] of [declared ?? size, size, offset].entries())
      extra.writeBigUInt64LE(BigInt(value), 4 + 8 * at);
    return extra;
  };
  const header = (signature: number, length: number, name: string, extra: Buffer, at: number) => {
    const bytes = Buffer.alloc(length);
    bytes.writeUInt32LE(signature, 0);
    bytes.writeUInt32LE(UNKNOWN, at - 8);
    bytes.writeUInt32LE(UNKNOWN, at - 4);
    bytes.writeUInt16LE(name.length, at);
    bytes.writeUInt16LE(extra.length, at + 2);
    return Buffer.concat([bytes, Buffer.from(name), extra]);
  };
  const directory = Object.entries(files).map(([name, content]) => {
    const extra = sizes(content.length, sizeOf());
    parts.push(header(0x04034b50, 30, name, extra, 26), Buffer.from(content));
    return header(0x02014b50, 46, name, extra, 28);
  });
  const start = sizeOf();
  parts.push(...directory);
  const end = sizeOf();
  const [large, locator, classic] = [Buffer.alloc(56), Buffer.alloc(20), Buffer.alloc(22, 0xff)];
  large.writeUInt32LE(0x06064b50, 0);
  large.writeBigUInt64LE(BigInt(directory.length), 24);
  large.writeBigUInt64LE(BigInt(directory.length), 32);
  large.writeBigUInt64LE(BigInt(start), 48);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(end), 8);
  classic.writeUInt32LE(0x06054b50, 0);
  classic.writeUInt16LE(0, 20);
  return Buffer.concat([...parts, large, locator, classic]);
}
