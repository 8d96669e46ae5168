import fs from 'node:fs';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

const wasm = fs.readFileSync(require.resolve('zxing-wasm/writer/zxing_writer.wasm'));
prepareZXingModule({
  overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) },
});

/** A ticket: the picture of a QR code with this text. */
export async function aPng(text: string): Promise<Buffer> {
  const { image } = await writeBarcode(text, { format: 'QRCode', scale: 4 });
  if (!image) throw new Error('The barcode was not drawn');
  return Buffer.from(await image.arrayBuffer());
}
