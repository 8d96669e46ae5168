import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { strToU8, zipSync } from 'fflate';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

/** Small tickets to upload, each with the given barcode, or none. */

const wasm = fs.readFileSync(require.resolve('zxing-wasm/writer/zxing_writer.wasm'));
prepareZXingModule({
  overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) },
});

export type BarcodeFormat = 'QRCode' | 'Aztec' | 'PDF417' | 'Code128';

const blank = () => createCanvas(200, 200);

export async function aPng(barcode?: string, format: BarcodeFormat = 'QRCode'): Promise<Buffer> {
  if (barcode === undefined) return blank().toBuffer('image/png');
  const { image } = await writeBarcode(barcode, { format, scale: 4 });
  if (!image) throw new Error('The barcode was not drawn');
  return Buffer.from(await image.arrayBuffer());
}

/** Codes side by side, as on a ticket with several; rotated by that many degrees, and scaled. */
export async function aSheet(codes: [string, BarcodeFormat?][], { turn = 0, scale = 1 } = {}): Promise<Buffer> {
  const images = await Promise.all(codes.map(async (code) => loadImage(await aPng(...code))));
  const size = Math.max(...images.map(({ width, height }) => Math.max(width, height))) + 80;
  const height = turn ? size * images.length : Math.max(...images.map((image) => image.height)) + 80;
  const canvas = createCanvas(size * images.length * scale, height * scale);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turn * Math.PI) / 180);
  context.scale(scale, scale);
  images.forEach((image, at) => context.drawImage(image, 40 + size * (at - images.length / 2), -image.height / 2));
  return canvas.toBuffer('image/png');
}

/** Adds that many white pixels on the right. */
export async function aJpeg(barcode?: string, format?: BarcodeFormat): Promise<Buffer> {
  const image = await loadImage(await aPng(barcode, format));
  const canvas = createCanvas(image.width + 40, image.height + 40);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 20, 20);
  return canvas.toBuffer('image/jpeg');
}

/**
 * A PDF with a picture of the barcode on a page of `box` points; `blank` pages come before, and `more`
 * goes into its trailer.
 */
export async function aPdf(barcode?: string, { box = [300, 300], blank = 0, more = '', format }: PdfOptions = {}) {
  const jpeg = await aJpeg(barcode, format);
  const { width, height } = await loadImage(jpeg);
  const content = `q ${width} 0 0 ${height} 20 20 cm /I Do Q`;
  const stream = (entries: string, data: Buffer | string) => [
    `<< ${entries} /Length ${data.length} >>\nstream\n`,
    data,
    '\nendstream',
  ];
  const picture = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB`;
  const blanks = Array.from({ length: blank }, () => ['<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>']);
  const objects: (Buffer | string)[][] = [
    ['<< /Type /Catalog /Pages 2 0 R >>'],
    [`<< /Type /Pages /Kids [${blanks.map((_, index) => `${6 + index} 0 R `).join('')}3 0 R] /Count ${blank + 1} >>`],
    [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${box.join(' ')}] /Contents 4 0 R `,
      '/Resources << /XObject << /I 5 0 R >> >> >>',
    ],
    stream('', content),
    stream(`${picture} /BitsPerComponent 8 /Filter /DCTDecode`, jpeg),
    ...blanks,
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const offsets: number[] = [];
  const sizeOf = () => parts.reduce((sum, { length }) => sum + length, 0);
  objects.forEach((object, index) => {
    offsets.push(sizeOf());
    parts.push(...[`${index + 1} 0 obj\n`, ...object, '\nendobj\n'].map((part) => Buffer.from(part as string)));
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const start = sizeOf();
  const trailer = `trailer << /Size ${count} /Root 1 0 R ${more} >>\nstartxref\n${start}\n%%EOF\n`;
  parts.push(Buffer.from(`xref\n0 ${count}\n0000000000 65535 f \n${table}${trailer}`));
  return Buffer.concat(parts);
}

interface PdfOptions {
  box?: number[];
  blank?: number;
  more?: string;
  format?: BarcodeFormat;
}

/** Entries for encryption that requires a password. */
export const ENCRYPTED =
  `/ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>] ` +
  `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`;

/** A pass for Apple Wallet; `more` files are listed in its manifest. */
export function aPass(message?: string | string[], more: Record<string, Uint8Array> = {}, manifest?: object): Buffer {
  const pass = {
    formatVersion: 1,
    ...(message && { barcodes: [message].flat().map((each) => ({ message: each, format: 'PKBarcodeFormatQR' })) }),
  };
  const files: Record<string, Uint8Array> = { 'pass.json': strToU8(JSON.stringify(pass)), ...more };
  const hashes = Object.entries(files).map(([name, content]) => [
    name,
    createHash('sha1').update(content).digest('hex'),
  ]);
  const list = strToU8(JSON.stringify(manifest ?? Object.fromEntries(hashes)));
  return Buffer.from(zipSync({ ...files, 'manifest.json': list, signature: strToU8('signature') }));
}
