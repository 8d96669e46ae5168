import type { Transfer } from '@ticketing/common/contract';

/**
 * Which texts are a ticket's own. A venue's page or an advert is printed on every ticket of an event: it must not keep
 * the second of two honest sellers out.
 */

/** Contents of QR codes that no gate reads. */
const NOT_FOR_GATES = /^(mailto|tel|sms|smsto|geo|wifi|mecard|matmsg|begin:v(card|event|calendar)|market)\b/i;
const SHORTEST = 6;

const isAddress = (text: string) => /^(https?:|www\.)/i.test(text);

/** A run of letters and digits that nobody chose for people to read. */
const isUnique = (token: string) =>
  token.length >= SHORTEST && /\d/.test(token) && !/^([a-z]*(19|20)\d\d|(19|20)\d{6})$/i.test(token);

const tokensOf = (text: string) => text.split(/[^\p{L}\p{N}]+/u);

/** What is unique in an address is in its path, query or fragment; tracking is nobody's ticket. */
function isUniqueAddress(text: string): boolean {
  const address = /^www\./i.test(text) ? `https://${text}` : text;
  if (!URL.canParse(address)) return false;
  const { pathname, searchParams, hash } = new URL(address);
  for (const name of [...searchParams.keys()]) if (/^(utm_|fbclid|gclid)/i.test(name)) searchParams.delete(name);
  return tokensOf(`${pathname} ${searchParams.toString()} ${hash}`).some(isUnique);
}

/**
 * The barcodes of a file that are its ticket's. An address beside another code is taken for an advert; alone, it is the
 * ticket's if something in it is unique.
 */
export function ticketCodes(barcodes: string[]): string[] {
  const codes = barcodes.filter((text) => text.length >= SHORTEST && !NOT_FOR_GATES.test(text));
  const others = codes.filter((text) => !isAddress(text));
  return [...new Set(others.length > 0 ? others : codes.filter(isUniqueAddress))];
}

/** Of a transfer, what can be used but once: neither a shop's page, nor words such as "at the door". */
export function transferCodes({ url, code }: Transfer): string[] {
  return [
    ...(url !== null && isUniqueAddress(url) ? [url] : []),
    ...(code !== null && tokensOf(code).some(isUnique) ? [code] : []),
  ];
}
