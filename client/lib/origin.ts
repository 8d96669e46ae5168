import 'server-only';
import { headers } from 'next/headers';
import { siteUrl } from './config';

/**
 * The site's origin, without a trailing slash, for absolute links: `SITE_URL`, otherwise from the visitor's request.
 */
export async function siteOrigin(): Promise<string> {
  const said = siteUrl();
  if (said) return said;
  const sent = await headers();
  const protocol = sent.get('x-forwarded-proto')?.split(',')[0]?.trim() ?? 'http';
  const origin = `${protocol}://${sent.get('host') ?? 'localhost'}`;
  return URL.canParse(origin) ? origin : 'http://localhost';
}
