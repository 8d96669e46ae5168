import { NextResponse, type NextRequest, type ProxyConfig } from 'next/server';
import { contentSecurityPolicy } from './lib/security';

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Gives every page a Content-Security-Policy with its own nonce, which Next.js reads from the request. A URL that
 * cannot be decoded matches no page: Next.js itself would fail on it.
 */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(crypto.randomUUID());
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = isReadable(request.nextUrl.pathname)
    ? NextResponse.next({ request: { headers } })
    : NextResponse.rewrite(new URL('/no-such-page', request.url), { request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

export const config: ProxyConfig = { matcher: '/((?!_next/static|icon.svg|healthz).*)' };
