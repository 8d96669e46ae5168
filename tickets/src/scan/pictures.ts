import fs from 'node:fs';
import { createCanvas, loadImage, type Canvas } from '@napi-rs/canvas';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { MAX_CODES, type Barcode } from '../domain/codes';
import { MAX_PIXELS, pixelsOf } from './kinds';
import { Unusable } from './unusable';

/** Maximum pixels of the image that is searched for barcodes. */
const DRAWN_PIXELS = 4_000_000;
const MAX_PAGES = 4;
/** Points are 1/72 inch; barcodes of a printed page can be read at about 200 dpi. */
const SCALE = 200 / 72;

const wasm = fs.readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({
  overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) },
});

async function barcodesIn(canvas: Canvas): Promise<Barcode[]> {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const found = await readBarcodes(
    { data, width, height },
    {
      formats: ['QRCode', 'Aztec', 'PDF417', 'Code128'],
      maxNumberOfSymbols: MAX_CODES + 1,
    },
  );
  return found.filter(({ text }) => text !== '').map(({ text, format }) => ({ text, isLinear: format === 'Code128' }));
}

/** What follows the last pixel. It is checked because decoders draw as much as there is of a truncated file. */
const ends = { png: Buffer.from('IEND'), jpeg: Buffer.from([0xff, 0xd9]) };

/** The barcodes of a PNG or JPEG. */
export async function readImage(type: 'png' | 'jpeg', bytes: Buffer): Promise<Barcode[]> {
  const pixels = pixelsOf(type, bytes);
  if (!pixels || bytes.lastIndexOf(ends[type]) < 0) throw new Unusable('broken');
  if (pixels > MAX_PIXELS) throw new Unusable('too-large');
  const image = await loadImage(bytes).catch(() => {
    throw new Unusable('broken');
  });
  const scale = Math.min(1, Math.sqrt(DRAWN_PIXELS / (image.width * image.height)));
  const canvas = createCanvas(Math.ceil(image.width * scale), Math.ceil(image.height * scale));
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return barcodesIn(canvas);
}

/** The barcodes of a PDF's first pages. */
export async function readPdf(bytes: Buffer): Promise<Barcode[]> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const loading = getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    maxImageSize: MAX_PIXELS,
    canvasMaxAreaInBytes: MAX_PIXELS * 4,
    stopAtErrors: false,
    verbosity: 0,
  });
  const document = await loading.promise.catch((error: Error) => {
    throw new Unusable(error.name === 'PasswordException' ? 'encrypted' : 'broken');
  });
  const found: Barcode[] = [];
  for (let number = 1; number <= Math.min(document.numPages, MAX_PAGES); number++) {
    const page = await document.getPage(number).catch(() => {
      throw new Unusable('broken');
    });
    const { width, height } = page.getViewport({ scale: 1 });
    if (!(width > 0 && height > 0)) throw new Unusable('broken');
    if (width * height > MAX_PIXELS) throw new Unusable('too-large');
    const scale = Math.min(SCALE, Math.sqrt(DRAWN_PIXELS / (width * height)));
    const viewport = page.getViewport({ scale });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    await page.render({ canvas: canvas as never, viewport }).promise.catch(() => {
      throw new Unusable('broken');
    });
    found.push(...(await barcodesIn(canvas)));
    page.cleanup();
  }
  return found;
}
