import { createHash } from 'node:crypto';
import { unzipSync, strFromU8 } from 'fflate';
import type { Barcode } from '../domain/codes';
import { Unusable } from './unusable';

const [MAX_ENTRIES, MAX_UNZIPPED, MAX_PASS] = [64, 20 * 1024 * 1024, 512 * 1024];

/** Files not listed in a pass's manifest. */
const UNHASHED = ['manifest.json', 'signature'];

interface PassBarcode {
  message?: unknown;
  format?: unknown;
}

interface Pass {
  barcode?: PassBarcode;
  barcodes?: PassBarcode[];
}

const END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);

/** Whether an archive is zip64: passes have no use for it, and its fields could point a reader anywhere. */
function isZip64(bytes: Buffer): boolean {
  const end = bytes.lastIndexOf(END, bytes.length - 22);
  return end >= 0 && (bytes.readUInt16LE(end + 8) === 0xffff || bytes.readUInt32LE(end + 16) === 0xffffffff);
}

/**
 * The barcodes of an Apple Wallet pass. An archive in it is a file like any other. The buffers have the sizes that the
 * archive declares, so one that unpacks to more is cut off, and does not match its manifest.
 */
export function readPass(bytes: Uint8Array): Barcode[] {
  if (isZip64(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))) throw new Unusable('broken');
  let [entries, total] = [0, 0];
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter({ name, originalSize }) {
        total += originalSize;
        if (++entries > MAX_ENTRIES || total > MAX_UNZIPPED) throw new Unusable('too-large');
        return !name.endsWith('/');
      },
    });
  } catch (error) {
    throw error instanceof Unusable ? error : new Unusable('broken');
  }
  if (!files['pass.json'] || !files['manifest.json']) throw new Unusable('unknown');
  if (files['pass.json'].length > MAX_PASS || files['manifest.json'].length > MAX_PASS) throw new Unusable('too-large');
  const manifest = parse(files['manifest.json']) as Record<string, unknown>;
  for (const [name, content] of Object.entries(files)) {
    const hash = UNHASHED.includes(name) ? undefined : createHash('sha1').update(content).digest('hex');
    if (hash && manifest[name] !== hash) throw new Unusable('broken');
  }
  const { barcode, barcodes = [] } = parse(files['pass.json']) as Pass;
  return [barcode, ...(Array.isArray(barcodes) ? barcodes : [])].flatMap((each) => {
    const { message: text, format } = each ?? {};
    return typeof text === 'string' && text ? [{ text, isLinear: format === 'PKBarcodeFormatCode128' }] : [];
  });
}

function parse(bytes: Uint8Array): object {
  try {
    const value: unknown = JSON.parse(strFromU8(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Not JSON.
  }
  throw new Unusable('broken');
}
