import type { Transfer } from '@ticketing/common/contract';

/**
 * Which texts identify a ticket. A venue's address or an advert is printed on every ticket of an event: it must not
 * block the second of two honest sellers. Codes are compared without case and punctuation.
 */

/** A barcode as read. */
export interface Barcode {
  text: string;
  /** Linear (Code 128) rather than two-dimensional. */
  isLinear: boolean;
}

/** The codes of a file. */
export interface Codes {
  /** Of a single ticket. */
  own: string[];
  /** Perhaps on all tickets of an order: the order's number is a linear code beside each ticket's own. */
  shared: string[];
}

/** Tickets in one file: each of their codes is an entry of an index. */
export const MAX_CODES = 32;

/** QR code contents that do not admit anyone, such as contacts. */
const NOT_FOR_GATES = /^(mailto|tel|sms|smsto|geo|wifi|mecard|matmsg|begin:v(card|event|calendar)|market)\b/i;
const SHORTEST = 6;

const isAddress = (text: string) => /^(https?:|www\.)/i.test(text);

/** A run of letters and digits not meant for people to read. */
const isUnique = (token: string) =>
  token.length >= SHORTEST && /\d/.test(token) && !/^([a-z]*(19|20)\d\d|(19|20)\d{6})$/i.test(token);

const tokensOf = (text: string) => text.split(/[^\p{L}\p{N}]+/u);

/** `Ab12 - cd34` and `AB12-CD34` are one code; `A-1-23` and `A-12-3` are two. */
const plain = (text: string) => tokensOf(text.normalize('NFKC').toLowerCase()).filter(Boolean).join('-') || text;

/**
 * An address that identifies a ticket, without parts that can be changed at will. What is unique is in its path, query
 * or fragment; tracking parameters do not count.
 */
function uniqueAddress(text: string): string[] {
  const address = /^www\./i.test(text) ? `https://${text}` : text;
  if (!URL.canParse(address)) return [];
  const { host, pathname, searchParams, hash } = new URL(address);
  for (const name of [...searchParams.keys()]) if (/^(utm_|fbclid|gclid)/i.test(name)) searchParams.delete(name);
  searchParams.sort();
  const found = [`${pathname} ${searchParams.toString()}`, hash].find((part) => tokensOf(part).some(isUnique));
  return found === undefined
    ? []
    : [plain(`${host.replace(/^www\./, '')} ${pathname} ${searchParams.toString()}${found === hash ? hash : ''}`)];
}

/**
 * The barcodes of a file that are its ticket's. An address beside another code counts as an advert; alone, it is the
 * ticket's if something in it is unique.
 */
export function ticketCodes(barcodes: Barcode[]): Codes {
  const codes = barcodes.filter(({ text }) => text.length >= SHORTEST && !NOT_FOR_GATES.test(text));
  const others = codes.filter(({ text }) => !isAddress(text));
  if (others.length === 0) return { own: unique(codes.flatMap(({ text }) => uniqueAddress(text))), shared: [] };
  const areas = unique(others.filter(({ isLinear }) => !isLinear).map(({ text }) => plain(text)));
  const lines = unique(others.filter(({ isLinear }) => isLinear).map(({ text }) => plain(text)));
  if (areas.length === 0) return { own: lines, shared: [] };
  return { own: areas, shared: lines.filter((code) => !areas.includes(code)) };
}

const unique = (codes: string[]) => [...new Set(codes)];

const DATES = /\b(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}:\d{2})\b/g;

/**
 * Adjacent words with digits are parts of one code: `your code 4F7K 99QZ 11-AB` → `4f7k99qz11ab`. A few digits by
 * themselves could be anyone's.
 */
const codesIn = (text: string) =>
  text
    .replace(DATES, ' ')
    .split(/[\s,;|]+/)
    .map((word) => (/\d/.test(word) ? tokensOf(word.normalize('NFKC').toLowerCase()).join('') : ' '))
    .join('')
    .split(' ')
    .filter((code) => isUnique(code) && !/^\d{6,7}$/.test(code));

/** The single-use codes of a transfer: neither a shop's page, nor words such as "at the door". */
export function transferCodes({ url, code }: Transfer): string[] {
  const text = code ?? '';
  const codes = [...(tokensOf(text).some(isUnique) ? [plain(text)] : []), ...codesIn(text)];
  return unique([...(url === null ? [] : uniqueAddress(url)), ...codes]);
}
