import { deliveryOf, hostOf, isDownload, kindOf, progressOf } from './delivery';

const at = '2026-11-26T12:00:00.000Z';

it.each([
  ['a file with a barcode', { delivery: 'now', deliveredAt: at, isScanned: true }, 'scanned', true],
  ['a file without one', { delivery: 'now', deliveredAt: at, isScanned: false }, 'unscanned', true],
  ['a link or code', { delivery: 'later', deliveredAt: at, isScanned: null }, 'transfer', false],
  ['a promise', { delivery: 'later', deliveredAt: null, isScanned: null }, 'later', false],
  ['a file that is still missing', { delivery: 'now', deliveredAt: null, isScanned: null }, 'later', false],
  ['no promise', { delivery: null, deliveredAt: null, isScanned: null }, 'arranged', false],
  ['a file nobody promised', { delivery: null, deliveredAt: at, isScanned: true }, 'scanned', true],
] as const)('tells how a listing with %s is delivered', (_what, ticket, delivery, download) => {
  expect(deliveryOf(ticket)).toBe(delivery);
  expect(isDownload(ticket)).toBe(download);
});

it.each([
  ['there', { delivery: 'later', deliveredAt: at, missedAt: null }],
  ['waiting', { delivery: 'later', deliveredAt: null, missedAt: null }],
  ['missed', { delivery: 'later', deliveredAt: null, missedAt: at }],
  ['arranged', { delivery: null, deliveredAt: null, missedAt: null }],
] as const)('tells that a bought ticket is %s', (progress, ticket) => {
  expect(progressOf(ticket)).toBe(progress);
});

it.each([
  ['image/png', 'image'],
  ['IMAGE/JPEG', 'image'],
  ['application/pdf', 'pdf'],
  ['application/vnd.apple.pkpass', 'wallet'],
  ['application/json; charset=utf-8', 'transfer'],
  ['text/html', undefined],
  ['image/svg+xml', undefined],
  ['constructor', undefined],
  ['', undefined],
])('content of type %s is %s', (type, kind) => {
  expect(kindOf(type)).toBe(kind);
});

it('shows the host of a link in ASCII, whatever its path or user', () => {
  expect(hostOf('https://tickets.example:8443/a?b')).toBe('tickets.example:8443');
  expect(hostOf('https://bank.example@evil.example/bank.example')).toBe('evil.example');
  expect(hostOf('https://tіckets.example/')).toMatch(/^xn--/);
  expect(hostOf('no link')).toBe('');
});
