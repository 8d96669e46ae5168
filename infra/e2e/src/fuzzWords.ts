import fs from 'node:fs';
import path from 'node:path';
import { apiRoutes } from '@ticketing/common/contract/openapi';

/** Building blocks of generated requests: every route and page, and unusual input. */

const app = path.join(__dirname, '../../../client/app');

/** The site's pages and files, from the folders of its router. */
export const PAGES = fs
  .readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(page|route)\.tsx?$/.test(path.basename(file)))
  .map((file) => path.join('/', path.dirname(file)).replace('[id]', 'ID').replace('[pass]', 'PASS'))
  .map((page) => page.replace('[words]', 'terms'))
  .sort();

/** The API's routes as in the contract, and every page. `ID`, `PASS` and `TEXT` are placeholders. */
export const ROUTES = [
  ...apiRoutes.flatMap(({ path, aliases = [] }) => [path, ...aliases]).map(placed),
  ...PAGES,
  ...['/api/openapi.json', '/covers/concert.png', '/api/users/other', '/listings/ID', '/listings/new'],
  ...['/robots.txt', '/sitemap.xml', '/favicon.ico', '/icon.svg', '/readyz', '/metrics'],
  ...['/TEXT', '/api/TEXT', '//', '/_next/TEXT'],
  ...['/_next/image', '/_next/data/TEXT/orders.json', '/stripe-emulator/authenticate/TEXT'],
  ...['/stripe-emulator/_test/faults', '/stripe-emulator/v1/refunds'],
];

function placed(path: string): string {
  return path
    .replace('{pass}', 'PASS')
    .replace('{part}', 'TEXT')
    .replace(/\{\w*id\}/gi, 'ID');
}

export const NAMES = [
  ...['q', 'category', 'city', 'from', 'to', 'fromDay', 'toDay', 'minPrice', 'maxPrice', 'held', 'sort', 'cursor'],
  ...['limit', 'ids', 'next', 'ticket', 'status', 'ended', '_rsc', 'url', 'w', 'payment_intent', 'q[]', 'ids[$ne]'],
];
export const ODD = [
  ...['%ff', '%00', '%2e%2e%2f', '%2f', '%E0%A4%A', '..', '.', '__proto__', 'constructor', '\u00ff', '%F0%9F%8E%9F'],
  ...['x'.repeat(3_000), "'", '[$ne]', '%0d%0aSet-Cookie:x=y', '%u0000', '%EF%BF%BF', '%C0%AE', ';', '%ED%A0%80'],
];
/** Cursors in the format of the ticket lists, with invalid positions. */
export const CURSORS = [
  'newest 0',
  'price 0',
  '-price 999999999999999',
  'soonest 253402300799999',
  'soonest 1',
  'other 1',
].map((place) => Buffer.from(`${place} ${'f'.repeat(24)}`).toString('base64url'));
export const TEXTS = [
  ...[
    '\u202eevil',
    'a\u0000b',
    '\ud800',
    '\u200b',
    'e\u0301'.repeat(60),
    '\ufdfa'.repeat(200),
    '\ufeff',
    '𝒳'.repeat(101),
  ],
  ...[
    '9007199254740993',
    '1e400',
    '-0',
    '12.345',
    '0x10',
    '１２',
    ' 12 ',
    'NaN',
    '2026-13-45',
    '9999-12-31T23:59:59-23:59',
  ],
  ...['1970-01-01T00:00:00Z', 'Etc/Unknown', 'europe/BERLIN', '+01:00', 'ann@xn--a.com', 'ann@[::1]', '"a b"@test.com'],
  ...['tok_visa', 'tok_chargeDeclined', 'pm_card_authenticationRequired', 'pm_x/../y', 'x'.repeat(5_000)],
];

const SOON = '2099-06-01T18:00:00.000Z';
/** The content of an upload, as one part. */
export const BYTES = '%PDF-1.7 \u00ff';
const NAMED = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {} };
const PASSKEY_ANSWER = {
  ...NAMED,
  response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA', userHandle: 'AAAA' },
};
const NEW_PASSKEY = { ...NAMED, response: { clientDataJSON: 'e30', attestationObject: 'oA', transports: ['usb'] } };

/**
 * Valid bodies, by route. `ID` stands for a known id, `NUMBER` for any number, since a network may not request
 * links to the same address often.
 */
export const TAKEN: Record<string, object> = {
  'post /api/users/signup': { email: 'ID-NUMBER@test.com', password: 'correct horse battery' },
  'post /api/users/signin': { email: 'fuzz@test.com', password: 'correct horse battery' },
  'post /api/users/confirm': { token: 'x'.repeat(43) },
  'post /api/users/forgot': { email: 'ID-NUMBER@test.com' },
  'post /api/users/reset': { token: 'x'.repeat(43), password: 'a staple of batteries' },
  'post /api/users/undo': { token: 'x'.repeat(43) },
  'put /api/users/me': {
    currentPassword: 'wrong password',
    email: 'other@test.com',
    newPassword: 'a staple of batteries',
  },
  'put /api/users/me/name': { name: 'Zoë' },
  'put /api/users/me/subscription': { isSubscribed: true },
  'post /api/users/passkeys/signin': { credential: PASSKEY_ANSWER },
  'post /api/users/signin/step': { code: '123456' },
  'post /api/users/me/proof': { password: 'wrong password', code: '123456' },
  'post /api/users/me/passkeys': { name: 'Zoë', credential: NEW_PASSKEY },
  'put /api/users/me/passkeys/{id}': { name: 'Zoë' },
  'put /api/users/me/app': { code: '123456' },
  ...Object.fromEntries(
    ['users', 'tickets', 'orders', 'payments'].map((service) => [
      `post /api/${service}/support/deadletters/{id}/redrive`,
      { reason: 'a\nb' },
    ]),
  ),
  'post /api/users/support/people/{id}/freeze': { reason: 'a\nb' },
  'post /api/users/support/people/{id}/unfreeze': { reason: 'a\nb' },
  'post /api/users/support/people/{id}/confirm': { reason: 'a\nb' },
  'post /api/users/support/people/{id}/sessions/end': { reason: 'a\nb' },
  'post /api/users/support/messages/send': { id: 'ID/bought/ID', reason: 'a\nb' },
  'post /api/payments/support/payments/{orderId}/freeze': { reason: 'a\nb' },
  'post /api/payments/support/payments/{orderId}/unfreeze': { reason: 'a\nb' },
  'post /api/tickets': {
    ...{ title: 'Fuzz', price: 12.5, description: 'a\nb', category: 'concert', venue: 'Hall', city: 'Łódź' },
    ...{ startsAt: SOON, timeZone: 'Europe/Warsaw', section: 'A', row: '1', seat: 'NUMBER' },
    ...{ delivery: 'later', faceValue: '20.00' },
  },
  'put /api/tickets/{id}': { title: 'Fuzz', price: '12.50' },
  'post /api/tickets/{id}/report': { reason: 'fake', text: 'a\nb' },
  'put /api/tickets/{id}/delivery': {
    transfer: { url: 'https://tickets.example.com/NUMBER', code: 'NUMBER', note: 'a\nb' },
  },
  'post /api/tickets/{id}/delivery/uploads': { size: Buffer.byteLength(BYTES) },
  'post /api/orders': { ticketId: 'ID', price: 10, edition: 0 },
  'post /api/orders/{id}/claim': { reason: 'not-admitted', text: 'a\nb NUMBER' },
  'post /api/orders/{id}/claim/answer': { text: 'a\nb NUMBER' },
  'post /api/orders/support/orders/{id}/decide': { decision: 'refund', reason: 'a\nb NUMBER' },
  'post /api/orders/support/orders/{id}/refund': { reason: 'a\nb NUMBER' },
  'post /api/orders/support/orders/{id}/refund/withdraw': { reason: 'a\nb NUMBER' },
  'post /api/tickets/support/listings/{id}/withdraw': { reason: 'a\nb NUMBER' },
  'post /api/tickets/support/listings/{id}/review': { decision: 'show', reason: 'a\nb NUMBER', edition: 0 },
  'post /api/tickets/support/listings/{id}/reports/close': { reason: 'a\nb NUMBER' },
  'post /api/tickets/support/reports/{id}/close': { reason: 'a\nb NUMBER' },
  'post /api/payments': { orderId: 'ID', token: 'tok_chargeDeclined' },
};

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
/** JSON that `JSON.stringify` never produces. */
export const RAW_JSON = [
  ...[`{"title":${deep(30_000)}}`, deep(5_000), '{"price":1e400,"title":"x"}', '{"title":"a","title":{"$ne":1}}'],
  ...['{"__proto__":{"title":"x"},"price":1}', '{"constructor":{"prototype":{}}}', '\ufeff{}', '{"a":"\\ud800"}', '{'],
  ...['null', '1', '"x"', '[]', '[{}]', `{"password":"${'x'.repeat(60_000)}"}`, ' '.repeat(70_000)],
];
