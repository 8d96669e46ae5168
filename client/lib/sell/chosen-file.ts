import { MAX_DELIVERY } from '@ticketing/common/contract/limits';

/** A file that a seller has chosen to hand over. */

export type FileKind = 'pdf' | 'image' | 'pass';

const beginnings: [FileKind, number[]][] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['pass', [0x50, 0x4b, 0x03, 0x04]],
];

/** The file types that `<input type="file">` accepts. */
export const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.pkpass,application/pdf,image/png,image/jpeg';

/** A file's type by its first bytes, as the API detects it. */
export async function kindOf(file: Blob): Promise<FileKind | undefined> {
  const bytes = new Uint8Array(await file.slice(0, 8).arrayBuffer());
  return beginnings.find(([, beginning]) => beginning.every((byte, index) => bytes[index] === byte))?.[0];
}

/** Why the API would refuse a file, as its code, before anything is sent. */
export async function refusalOf(file: Blob): Promise<'upload-size' | 'file-unknown' | undefined> {
  if (file.size === 0 || file.size > MAX_DELIVERY) return 'upload-size';
  return (await kindOf(file)) ? undefined : 'file-unknown';
}

/** A human-readable size: "340 kB", "1.2 MB". */
export function formatSize(bytes: number, locale: string): string {
  const [amount, unit] = bytes < 1_000_000 ? [Math.ceil(bytes / 1_000), 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(Number(amount));
}

interface Kept {
  id: string;
  name: string;
  size: number;
  lastModified: number;
}

/** An unfinished upload of a listing, for this tab: the same file continues it, also after a reload. */
const keyOf = (ticket: string) => `upload ${ticket}`;

export function keepUpload(ticket: string, id: string, { name, size, lastModified }: File): void {
  try {
    sessionStorage.setItem(keyOf(ticket), JSON.stringify({ id, name, size, lastModified } satisfies Kept));
  } catch {
    // Storage may be blocked: then it starts over.
  }
}

/** The unfinished upload of this file, if any. */
export function keptUpload(ticket: string, file: File): string | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(ticket)) ?? 'null') as Kept | null;
    const isSame = kept?.name === file.name && kept.size === file.size && kept.lastModified === file.lastModified;
    return isSame ? kept.id : undefined;
  } catch {
    return undefined;
  }
}
