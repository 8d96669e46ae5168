import { cookieLine } from '@/lib/choices';
import { asLanguage, asTheme } from '@/lib/preferences';
import { safeNext } from '@/lib/account/next-path';
import { isFromOwnSite } from '@/lib/own-site';

const SYSTEM = 'system';

/**
 * Stores the visitor's choices and redirects to the page they were on (`next`). A theme other than light or dark means
 * the system's. Anything but a form gets 400, requests from other sites 403.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isFromOwnSite(request.headers)) return new Response(null, { status: 403 });
  const form = await request.formData().catch(() => undefined);
  if (!form) return new Response(null, { status: 400 });
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const response = new Response(null, { status: 303, headers: { Location: safeNext(text('next')) } });
  const isSecure = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
  const store = (name: 'language' | 'theme', value: string) => {
    response.headers.append('Set-Cookie', `${cookieLine(name, value, isSecure)}; HttpOnly`);
  };
  const language = asLanguage(text('language'));
  if (language) store('language', language);
  if (form.has('theme')) store('theme', asTheme(text('theme')) ?? SYSTEM);
  return response;
}
