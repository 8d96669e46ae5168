import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ignoreBrokenRouterStates } from './router-state';

const seen: IncomingMessage['headers'][] = [];
const server = createServer(({ headers }, response) => {
  seen.push(headers);
  response.end();
});

beforeAll(async () => {
  ignoreBrokenRouterStates();
  await new Promise<void>((resolve) => void server.listen(0, resolve));
});
afterAll(() => void server.close());

const state = encodeURIComponent('["",{"children":["__PAGE__",{}]},null,null]');

it.each([
  ['as it should be', state, state],
  ['of one element', '%5B%22%22%5D', undefined],
  ['not UTF-8', '%ff', undefined],
  ['no JSON', 'x', undefined],
  ['null', 'null', undefined],
  ['deep', encodeURIComponent('['.repeat(3_000)), undefined],
])('of a router state that is %s, the site sees what Next.js can read', async (_case, sent, expected) => {
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}`, { headers: { rsc: '1', 'next-router-state-tree': sent } });
  expect(seen.at(-1)).toMatchObject({ rsc: '1' });
  expect(seen.at(-1)?.['next-router-state-tree']).toBe(expected);
});
