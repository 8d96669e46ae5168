import { checkoutPath, safeNext, sessionEndedPath, signInPath, signUpPath, ticketOfCheckout } from './next-path';

describe('safeNext', () => {
  it.each(['/', '/tickets/65f0', '/?cursor=a%2Bb', '/orders/1#pay', '/tickets/new?a=//b'])('keeps %s', (path) => {
    expect(safeNext(path)).toBe(path);
  });

  it.each([
    '//evil.example',
    '//evil.example/orders',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'tickets',
    '@evil.example',
    '',
    undefined,
    ['/orders', '//evil.example'],
  ])('takes %j home', (path) => {
    expect(safeNext(path)).toBe('/');
  });

  it('never leads a browser to another origin', () => {
    const pieces = ['/', '\\', '.', '..', '\t', '\n', ' ', '%2f', '%5c', '@', ':', 'evil.example', '?', '#'];
    for (const a of pieces)
      for (const b of pieces)
        for (const c of pieces)
          for (const d of pieces) {
            const path = safeNext(`/${a}${b}${c}${d}evil.example`);
            expect(new URL(path, 'https://here.example').origin).toBe('https://here.example');
          }
  });
});

it('is the inverse of the paths that carry it', () => {
  for (const path of [signInPath, signUpPath, sessionEndedPath].map((to) => to('/tickets/1?a=b&c=d'))) {
    const next = new URL(path, 'http://here').searchParams.get('next') ?? undefined;
    expect(safeNext(next)).toBe('/tickets/1?a=b&c=d');
  }
});

it('finds the ticket of a checkout', () => {
  expect(ticketOfCheckout(checkoutPath('6b01'))).toBe('6b01');
  for (const path of ['/', '/orders/new', '/orders/6b01?ticket=6b01']) expect(ticketOfCheckout(path)).toBeUndefined();
});
