import { POST } from './route';

const send = (body: BodyInit, headers: Record<string, string> = {}) =>
  POST(new Request('http://ticketing.test/preferences', { method: 'POST', body, headers }));
const choice = () => new URLSearchParams({ language: 'de', next: '/tickets/7' });

it('stores a choice and leads back', async () => {
  const answer = await send(choice(), { 'Sec-Fetch-Site': 'same-origin' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/tickets/7']);
  expect(answer.headers.get('set-cookie')).toMatch(/^language=de; Path=\//);
});

it('over HTTPS a choice is in a cookie that belongs to this host alone', async () => {
  const answer = await send(new URLSearchParams({ language: 'de', theme: 'system' }), { 'X-Forwarded-Proto': 'https' });
  expect(answer.headers.getSetCookie()).toEqual([
    '__Host-language=de; Path=/; Max-Age=31536000; SameSite=Lax; Secure; HttpOnly',
    '__Host-theme=system; Path=/; Max-Age=31536000; SameSite=Lax; Secure; HttpOnly',
  ]);
});

it.each<[BodyInit, string]>([
  ['{"language":"de"}', 'application/json'],
  ['x', 'multipart/form-data'],
  ['x', 'multipart/form-data; boundary=y'],
  ['', 'text/plain'],
])('answers %j as %s with 400: it is not a form', async (body, type) => {
  expect((await send(body, { 'Content-Type': type })).status).toBe(400);
});

it.each<[Record<string, string>, number]>([
  [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
  [{ 'Sec-Fetch-Site': 'same-site' }, 403],
  [{ Origin: 'https://elsewhere.test', Host: 'ticketing.test' }, 403],
  [{ Origin: 'null', Host: 'ticketing.test' }, 403],
  [{ Origin: 'http://ticketing.test', 'X-Forwarded-Host': 'ticketing.test' }, 303],
  [{ 'Sec-Fetch-Site': 'none' }, 303],
  [{}, 303],
])('a request with %j', async (headers, status) => {
  const answer = await send(choice(), headers);
  expect(answer.status).toBe(status);
  expect(answer.headers.has('set-cookie')).toBe(status === 303);
});
