import config from '../next.config';
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

it('every page tells browsers to use HTTPS from now on', async () => {
  const [{ source, headers } = { source: '', headers: [] }] = (await config.headers?.()) ?? [];
  expect(source).toBe('/:path*');
  expect(headers).toContainEqual({
    key: 'Strict-Transport-Security',
    value: expect.stringContaining('max-age=31536000') as string,
  });
});
