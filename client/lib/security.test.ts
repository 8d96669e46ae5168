import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unstable_doesMiddlewareMatch as isProxied } from 'next/experimental/testing/server';
import { NextRequest } from 'next/server';
import config from '../next.config';
import { config as proxied, proxy } from '../proxy';
import { contentSecurityPolicy } from './security';

const directive = (policy: string, name: string) =>
  policy
    .split('; ')
    .find((each) => each.startsWith(`${name} `))
    ?.split(' ')
    .slice(1);

it("allows scripts with its nonce and Stripe's, and no others", () => {
  expect(directive(contentSecurityPolicy('abc', false), 'script-src')).toEqual([
    "'self'",
    "'nonce-abc'",
    "'strict-dynamic'",
    'https://js.stripe.com',
    'https://*.js.stripe.com',
  ]);
});

it("names no host but Stripe's, and nothing unsafe", () => {
  const policy = contentSecurityPolicy('abc', false);
  expect(policy).not.toContain('unsafe');
  for (const host of policy.match(/https?:[^ ;]+/g) ?? []) expect(host).toMatch(/^https:\/\/([\w*]+\.)*stripe\.com$/);
});

it('lets development reload', () => {
  const policy = contentSecurityPolicy('abc', true);
  expect(directive(policy, 'script-src')).toContain("'unsafe-eval'");
  expect(directive(policy, 'connect-src')).toContain('ws:');
});

it('every response tells browsers to use HTTPS from now on, not to guess types, and to send no full referrer', async () => {
  const [{ source, headers } = { source: '', headers: [] }] = (await config.headers?.()) ?? [];
  expect(source).toBe('/:path*');
  expect(Object.fromEntries(headers.map(({ key, value }) => [key, value]))).toMatchObject({
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
  });
});

const bases = ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"];

it.each(['GET', 'POST'])('a page or file has its own policy: %s', (method) => {
  const ask = (path: string) =>
    proxy(new NextRequest(`http://ticketing.test${path}`, { method })).headers.get('content-security-policy') ?? '';
  for (const path of ['/', '/covers/x.png']) for (const base of bases) expect(ask(path)).toContain(base);
  expect(ask('/')).not.toBe(ask('/'));
});

const app = path.join(__dirname, '../app');
const posted = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'route.ts')
  .filter((file) => /^export .*\bPOST\b/m.test(readFileSync(path.join(app, file), 'utf8')))
  .map((file) => `/${path.dirname(file)}`);
const answer = (url: string, method: string) => proxy(new NextRequest(`http://ticketing.test${url}`, { method }));

it.each(['/', '/tickets/1', '/auth/reset', '/sales/export.csv', '/preferences/more', '/nowhere', '/covers/x.png'])(
  '%s is only read: Next.js would take a posted form for a server action',
  (url) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const { status, headers } = answer(url, method);
      expect([method, status, headers.get('allow')]).toEqual([method, 405, 'GET, HEAD']);
    }
    for (const method of ['GET', 'HEAD']) expect(answer(url, method).status).toBe(200);
  },
);

it('routes that accept a form get POST requests', () => {
  expect(posted).toContain('/preferences');
  for (const url of posted) expect([url, answer(url, 'POST').status]).toEqual([url, 200]);
});

it.each(['/healthz', '/icon.svg', '/favicon.ico', '/_next/static/x.js'])(
  'only %s itself goes past the proxy',
  (url) => {
    expect(isProxied({ config: proxied, url })).toBe(false);
    expect(isProxied({ config: proxied, url: url.replace(/static.*|$/, 'more') })).toBe(true);
  },
);

it('everything else has one too, which allows nothing to load', async () => {
  const [, ...files] = (await config.headers?.()) ?? [];
  expect(files.length).toBeGreaterThan(0);
  for (const { headers } of files)
    for (const base of ["default-src 'none'", ...bases]) expect(headers[0]?.value).toContain(base);
});
