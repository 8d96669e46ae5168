import { NextResponse, type NextRequest, type ProxyConfig } from 'next/server';
import { contentSecurityPolicy } from './lib/security';

/** Files in `public`: Next.js answers any other method with 500. */
const FILE = /^\/(api\/openapi\.json|covers\/.*)$/;
const READING = ['GET', 'HEAD'];

/** Gives every page a Content-Security-Policy with its own nonce, which Next.js reads from the request. */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(crypto.randomUUID());
  if (FILE.test(request.nextUrl.pathname) && !READING.includes(request.method))
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

export const config: ProxyConfig = { matcher: '/((?!_next/static|icon.svg|favicon.ico|healthz).*)' };
