import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeRequestsReadable } from './incoming';

const seen: Pick<IncomingMessage, 'headers' | 'url'>[] = [];
const server = createServer(({ headers, url }, response) => {
  seen.push({ headers, url });
  response.end();
});

beforeAll(async () => {
  makeRequestsReadable();
  await new Promise<void>((resolve) => void server.listen(0, resolve));
});
afterAll(() => void server.close());

const state = encodeURIComponent('["",{"children":["__PAGE__",{}]},null,null]');

it.each([
  ['valid', state, state],
  ['with one element', '%5B%22%22%5D', undefined],
  ['not UTF-8', '%ff', undefined],
  ['no JSON', 'x', undefined],
  ['null', 'null', undefined],
  ['deep', encodeURIComponent('['.repeat(3_000)), undefined],
])('with a router state (%s), the site sees what Next.js can read', async (_case, sent, expected) => {
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}`, { headers: { rsc: '1', 'next-router-state-tree': sent } });
  expect(seen.at(-1)?.headers).toMatchObject({ rsc: '1' });
  expect(seen.at(-1)?.headers['next-router-state-tree']).toBe(expected);
});

it.each([
  ['/%ED%A0%80', '/no-such-page'],
  ['/orders/%C0%AE/calendar.ics?a=b', '/no-such-page'],
  ['/%', '/no-such-page'],
  ['/?q=%ff', '/?q=%ff'],
  ['/tickets/1%2F2', '/tickets/1%2F2'],
])('for the path %s, the site sees %s', async (sent, expected) => {
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}${sent}`, { method: 'PUT' });
  expect(seen.at(-1)?.url).toBe(expected);
});
