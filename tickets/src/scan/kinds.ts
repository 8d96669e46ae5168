/** What a file is by its bytes; its name and header say nothing. */

export type FileType = 'pdf' | 'png' | 'jpeg' | 'pkpass';

/** Maximum pixels of an image, or of a page as drawn. */
export const MAX_PIXELS = 16_000_000;

const beginnings: [FileType, number[]][] = [
  ['pdf', [...Buffer.from('%PDF-')]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['pkpass', [0x50, 0x4b, 0x03, 0x04]],
];

export const typeOf = (bytes: Uint8Array): FileType | undefined =>
  beginnings.find(([, beginning]) => beginning.every((byte, index) => bytes[index] === byte))?.[0];

/** Pixels of an image by its header: checked before a decoder sees it. Undefined if it has none. */
export function pixelsOf(type: 'png' | 'jpeg', bytes: Buffer): number | undefined {
  if (type === 'png') return bytes.length < 24 ? undefined : bytes.readUInt32BE(16) * bytes.readUInt32BE(20);
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7);
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
