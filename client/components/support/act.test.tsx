/** @jest-environment @happy-dom/jest-environment */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { ReaderProvider } from '@/components/texts';
import { en } from '@/texts/en';
import { Act } from './act';
import { Outcome } from './outcome';

// A busy machine takes longer than a second.
configure({ asyncUtilTimeout: 60_000 });

/** The API, which responds when the test says so. */
let api: Server;
let asked: { request: IncomingMessage; body: unknown; response: ServerResponse }[];
let refreshed: number;

const { form, api: refusals, problems, supportActions } = en;
const ID = 'a'.repeat(24);

beforeAll(async () => {
  api = createServer((request, response) => {
    void json(request).then((body) => asked.push({ request, body, response }));
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const { port } = api.address() as AddressInfo;
  (window as unknown as { happyDOM: { setURL: (url: string) => void } }).happyDOM.setURL(`http://127.0.0.1:${port}/`);
});
beforeEach(() => {
  [asked, refreshed] = [[], 0];
  // Like a browser, happy-dom logs each refused request.
  jest.spyOn(console, 'error').mockImplementation((text) => expect(String(text)).toMatch(/^POST /));
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
});
afterAll(() => {
  api.closeAllConnections();
  return new Promise((resolve) => api.close(resolve));
});

/** Opens the dialog of an action. */
function open(action: 'refund' | 'claim-pay') {
  const router = { refresh: () => void refreshed++ } as AppRouterInstance;
  render(
    <AppRouterContext value={router}>
      <ReaderProvider locale="en-US" texts={{ form, api: refusals, problems, supportActions }}>
        <Outcome>
          <Act action={action} id={ID} about="A concert" price="$20.00" />
        </Outcome>
      </ReaderProvider>
    </AppRouterContext>,
  );
  const { button } = supportActions.actions[action];
  fireEvent.click(screen.getByRole('button', { name: `${button}: A concert` }));
  return { button: within(screen.getByRole('dialog')).getByRole('button', { name: button }) };
}

const type = (reason: string) => fireEvent.input(screen.getByLabelText('Reason'), { target: { value: reason } });

const answer = async (status: number, body: object) => {
  await waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};

const isSaid = (words: string) => waitFor(() => expect(screen.getByRole('status').textContent).toBe(words));

test('says what will happen, and asks for a reason before anything is sent', async () => {
  const { button } = open('refund');
  expect(screen.getByRole('dialog').textContent).toMatch(/The buyer gets \$20\.00 back.+It cannot be undone/);
  type('   ');
  fireEvent.click(button);
  await screen.findByText('Say why.');
  expect(asked).toEqual([]);
});

test('sends the reason once, then closes, reports the result and refreshes the page', async () => {
  const { button } = open('claim-pay');
  type('Seen the photo');
  fireEvent.click(button);
  fireEvent.click(button);
  await answer(200, { proposal: null });
  await isSaid('Decided for the seller.');
  expect(document.activeElement).toBe(screen.getByRole('status'));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(refreshed).toBe(1);
  expect(asked).toMatchObject([
    {
      request: { method: 'POST', url: `/api/orders/support/orders/${ID}/decide` },
      body: { decision: 'pay', reason: 'Seen the photo' },
    },
  ]);
});

const typed = () => screen.getByLabelText<HTMLTextAreaElement>('Reason').value;

test('a reason that was typed outlives the way to another page and back, until it is sent', async () => {
  open('refund');
  type('Seen the photo');
  cleanup();
  const { button } = open('refund');
  expect(typed()).toBe('Seen the photo');
  fireEvent.click(button);
  await answer(200, { proposal: null });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  cleanup();
  open('refund');
  expect(typed()).toBe('');
});

test('says that a refund waits for a second person', async () => {
  const { button } = open('refund');
  type('Twice as dear as told');
  fireEvent.click(button);
  await answer(202, {
    proposal: { decision: 'refund', by: ID, reason: 'Twice as dear as told', at: '2026-11-26T12:00:00Z' },
  });
  await isSaid(supportActions.proposed);
});

test('a refusal is explained, and what was typed stays', async () => {
  const { button } = open('refund');
  type('Seen the photo');
  fireEvent.click(button);
  await answer(403, { errors: [{ code: 'own-account', message: 'x' }] });
  await screen.findByText(refusals['own-account']);
  expect(screen.getByLabelText<HTMLTextAreaElement>('Reason').value).toBe('Seen the photo');
  expect(screen.getByRole('status').textContent).toBe('');
  expect(refreshed).toBe(0);
});
