import { System } from './stack';

const system = System.shared();

it.each([
  '/%ff',
  '/%',
  '/tickets/%ff',
  '/%ED%A0%80',
  '/orders/%C0%AE/calendar.ics',
  '/orders/%',
  '/pass/%ff',
  '/tickets/events',
  '/tickets/mine',
  '/tickets/..%2Fmine',
  '/orders/new?ticket=events',
  '/orders/new?ticket=a&ticket=b',
  '/covers',
  '/_next/static',
  '/.git/config',
  '/package.json',
  '/metrics',
  '/readyz',
  '/api/metrics',
])('%s is not a page', async (path) => {
  const answer = await fetch(system.url + path, { redirect: 'manual' });
  // A visitor who is not signed in is asked to sign in, whatever the checkout is for.
  expect(answer.status).toBe(path.startsWith('/orders/new?ticket=events') ? 307 : 404);
});

it.each(['/?q=%ff', '/?q=a&q=b&category=x&category=y&cursor=1&cursor=2', '/auth/signin?next=a&next=b&ended=1&ended=2'])(
  '%s is a page',
  async (path) => {
    expect((await fetch(system.url + path)).status).toBe(200);
  },
);

it.each(['theme=%ff; language=%; time-zone=%E0%A4%A', 'session=%ff', '=; ;;; a', 'time-zone=Europe/Berlin%0d%0a'])(
  'the cookies "%s" do no harm',
  async (Cookie) => {
    expect((await fetch(system.url, { headers: { Cookie } })).status).toBe(200);
  },
);

it('the API serves its description, and the site says where to report a vulnerability', async () => {
  const description = (await (await fetch(`${system.url}/api/openapi.json`)).json()) as { openapi: string };
  expect(description.openapi).toBe('3.1.0');
  const contact = await fetch(`${system.url}/.well-known/security.txt`);
  expect(await contact.text()).toMatch(/^Contact: mailto:security@/);
});

it('every response, of whatever kind, has the headers that protect a browser', async () => {
  const page = await (await fetch(system.url)).text();
  const [script = ''] = /\/_next\/static\/[^"]+\.js/.exec(page) ?? [];
  expect(script).not.toBe('');
  const paths = ['/', '/no-such-page', script, '/icon.svg', '/covers/other.png', '/robots.txt', '/api/openapi.json'];
  for (const path of [...paths, '/api/tickets', '/api/orders', '/api/users/no-such-path']) {
    const { headers } = await fetch(system.url + path);
    const policy = headers.get('content-security-policy');
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect([path, policy]).toEqual([path, expect.stringContaining(part)]);
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(headers.get('referrer-policy')).not.toBeNull();
    expect([path, headers.get('access-control-allow-origin')]).toEqual([path, null]);
    const isPrivate = ['/', '/no-such-page', '/api/orders'].includes(path);
    if (isPrivate) expect([path, headers.get('cache-control')]).toEqual([path, expect.stringContaining('no-store')]);
  }
});
