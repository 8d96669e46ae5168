/** @jest-environment @happy-dom/jest-environment */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cleanup, render } from '@testing-library/react';
import { Renewal } from './renewal';

/** What a site is asked for that knows nobody. */
const asked: string[] = [];
const site = createServer((req, res) => {
  asked.push(req.url ?? '');
  res.setHeader('Content-Type', 'application/json').end('{"currentUser":null}');
});
beforeAll(async () => {
  await once(site.listen(0, '127.0.0.1'), 'listening');
  const { port } = site.address() as AddressInfo;
  (window as unknown as { happyDOM: { setURL: (url: string) => void } }).happyDOM.setURL(`http://127.0.0.1:${port}/`);
});
afterEach(cleanup);
afterAll(() => {
  site.closeAllConnections();
  return new Promise((resolve) => site.close(resolve));
});

const MINUTE = 60_000;

it.each([
  ['asks at first', undefined, true],
  ['asks every ten minutes', -11 * MINUTE, true],
  ['does not ask more often', -9 * MINUTE, false],
  ['asks although the clock was set back', 30 * 24 * 60 * MINUTE, true],
])('%s', async (_what, usedAt, asks) => {
  localStorage.clear();
  asked.length = 0;
  if (usedAt !== undefined) localStorage.setItem('session-used-at', `${Date.now() + usedAt}`);
  const asking = jest.spyOn(globalThis, 'fetch');
  render(<Renewal />);
  await Promise.all(asking.mock.results.map(({ value }) => value as Promise<Response>));
  asking.mockRestore();
  expect(asked).toEqual(asks ? ['/api/users/currentuser'] : []);
});
