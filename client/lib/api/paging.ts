/** Page size of the visitor's own listings and orders: as many as the API returns and a stream can follow. */
export const OWN_PAGE = 100;

/** A list's cursor in a URL; undefined on its first page. */
export const asCursor = (said: string | string[] | undefined): string | undefined =>
  (Array.isArray(said) ? said[0] : said) || undefined;

/** The cursor of the next page in an API's `Link` header (RFC 8288), or undefined on the last page. */
export function nextCursor(link: unknown): string | undefined {
  if (typeof link !== 'string') return undefined;
  for (const [, target = '', parameters = ''] of link.matchAll(/<([^>]*)>([^<]*)/g)) {
    if (!/;\s*rel="?next"?\s*(;|,|$)/i.test(parameters)) continue;
    if (!URL.canParse(target, 'http://api')) return undefined;
    return new URL(target, 'http://api').searchParams.get('cursor') ?? undefined;
  }
  return undefined;
}
