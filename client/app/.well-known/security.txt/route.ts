import { securityContact } from '@/lib/config';
import { siteOrigin } from '@/lib/origin';

const VALID_DAYS = 180;

/** Where to report a vulnerability (RFC 9116). */
export async function GET(): Promise<Response> {
  const origin = await siteOrigin();
  const expires = new Date(Date.now() + VALID_DAYS * 86_400_000);
  const lines = [
    `Contact: ${securityContact() ?? `mailto:security@${new URL(origin).hostname}`}`,
    `Expires: ${expires.toISOString()}`,
    'Preferred-Languages: en, de',
    `Canonical: ${origin}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join('\n')}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
