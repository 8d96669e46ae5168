/** @jest-environment @happy-dom/jest-environment */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { ReaderProvider } from '@/components/texts';
import { en } from '@/texts/en';
import { Report } from './report';

// A busy machine takes longer than a second.
configure({ asyncUtilTimeout: 60_000 });

let api: Server;
const reports: unknown[] = [];
const { form, api: refusals, reporting } = en;

beforeAll(async () => {
  api = createServer((request, response) => {
    void json(request).then((body) => {
      reports.push(body);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const { port } = api.address() as AddressInfo;
  (window as unknown as { happyDOM: { setURL: (url: string) => void } }).happyDOM.setURL(`http://127.0.0.1:${port}/`);
});
afterEach(cleanup);
afterAll(() => {
  api.closeAllConnections();
  return new Promise((resolve) => api.close(resolve));
});

const details = () => screen.getByLabelText<HTMLTextAreaElement>(reporting.text);
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('what was typed is there again when the dialog is opened again, until it is sent', async () => {
  render(
    <AppRouterContext value={{} as AppRouterInstance}>
      <ReaderProvider locale="en-US" texts={{ form, api: refusals, reporting }}>
        <Report ticketId="a" />
      </ReaderProvider>
    </AppRouterContext>,
  );
  press(reporting.report);
  fireEvent.input(details(), { target: { value: 'It was copied' } });
  fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
  await waitFor(() => expect(screen.queryByLabelText(reporting.text)).toBeNull());
  press(reporting.report);
  expect(details().value).toBe('It was copied');
  fireEvent.change(screen.getByLabelText(reporting.reason), { target: { value: 'fake' } });
  press(reporting.send);
  await screen.findByText(reporting.thanks);
  expect(reports).toEqual([{ reason: 'fake', text: 'It was copied' }]);
  await waitFor(() => expect(sessionStorage).toHaveLength(0));
});
