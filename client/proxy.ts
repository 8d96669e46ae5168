import { NextResponse, type NextRequest, type ProxyConfig } from 'next/server';
import { contentSecurityPolicy } from './lib/security';

/** Routes that take a form; what else they are asked, they refuse themselves. */
const ROUTE = /^\/(preferences|busy)$/;
const READING = ['GET', 'HEAD'];

/**
 * Gives every page a Content-Security-Policy with its own nonce, which Next.js reads from the request. Pages and files are
 * only read: Next.js takes a form posted to a page for a server action, which it logs as unknown, and answers 500 for files.
 */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(crypto.randomUUID());
  if (!ROUTE.test(request.nextUrl.pathname) && !READING.includes(request.method))
    return new NextResponse(null, {
      status: 405,
      headers: { Allow: READING.join(', '), 'Content-Security-Policy': policy },
    });
  const headers = new Headers(request.headers);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

export const config: ProxyConfig = { matcher: '/((?!_next/static/|(?:icon\\.svg|favicon\\.ico|healthz)$).*)' };
