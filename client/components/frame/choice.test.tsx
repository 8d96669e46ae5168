/** @jest-environment @happy-dom/jest-environment */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { PathnameContext, SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime';
import { Choice } from './choice';

/** A site that does not answer. */
const site = createServer();
beforeAll(async () => {
  await once(site.listen(0, '127.0.0.1'), 'listening');
  const { port } = site.address() as AddressInfo;
  (window as unknown as { happyDOM: { setURL: (url: string) => void } }).happyDOM.setURL(`http://127.0.0.1:${port}/`);
});
afterEach(cleanup);
afterEach(() => void jest.restoreAllMocks());
afterAll(() => {
  site.closeAllConnections();
  return new Promise((resolve) => site.close(resolve));
});

it('a choice that the site does not answer in time is given up', async () => {
  const late = new AbortController();
  const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
  // happy-dom logs each request that fails.
  jest.spyOn(console, 'error').mockReturnValue();
  const refresh = jest.fn();
  render(
    <AppRouterContext value={{ refresh } as unknown as AppRouterInstance}>
      <PathnameContext value="/orders">
        <SearchParamsContext value={new URLSearchParams('cursor=1')}>
          <Choice name="theme" legend="Theme" chosen="light" options={[{ value: 'dark', label: 'Dark' }]} />
        </SearchParamsContext>
      </PathnameContext>
    </AppRouterContext>,
  );
  const asked = once(site, 'request') as Promise<[IncomingMessage]>;
  fireEvent.click(screen.getByRole('button', { name: 'Dark' }));
  const [{ socket }] = await asked;
  late.abort();
  await once(socket, 'close');
  expect(timeout).toHaveBeenCalledWith(30_000);
  expect(refresh).not.toHaveBeenCalled();
});
