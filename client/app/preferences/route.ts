import { asLanguage, asTheme, cookieNames, YEAR_SECONDS } from '@/lib/preferences';
import { safeNext } from '@/lib/account/next-path';
import { isFromOwnSite } from '@/lib/own-site';

const cookie = (name: string, value: string, age: number) => `${name}=${value}; Path=/; Max-Age=${age}; SameSite=Lax`;

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
  const language = asLanguage(text('language'));
  if (language) response.headers.append('Set-Cookie', cookie(cookieNames.language, language, YEAR_SECONDS));
  if (form.has('theme')) {
    const theme = asTheme(text('theme'));
    response.headers.append('Set-Cookie', cookie(cookieNames.theme, theme ?? '', theme ? YEAR_SECONDS : 0));
  }
  return response;
}
