/** @jest-environment @happy-dom/jest-environment */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BroadcastChannel } from 'node:worker_threads';
import type { OrderBody, PaymentBody } from '@ticketing/common/contract';
import { act, cleanup, configure, renderHook, waitFor } from '@testing-library/react';
import type { Purchase } from '@/lib/buy/purchase';
import { anOrder } from '@/lib/buy/testing';
import { usePurchase } from './use-purchase';

// A busy machine takes longer than a second.
configure({ asyncUtilTimeout: 60_000 });

/** The API, which responds when the test says so, to make responses overtake each other. */
let api: Server;
let asked: { path: string; response: ServerResponse }[];
const answer = (path: string, body: object, status = 200) => {
  const index = asked.findIndex((request) => request.path === path);
  const [request] = asked.splice(index, 1);
  request?.response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};
const isAsked = (path: string, times = 1) =>
  waitFor(() => expect(asked.filter((request) => request.path === path)).toHaveLength(times));

/** The channel that a browser's tabs share; one left open does not keep the tests running. */
class Channel extends BroadcastChannel {
  constructor(name: string) {
    super(name);
    this.unref();
  }
}

/** The browser's only event stream, which sends what the test says. */
class Stream extends EventTarget {
  static last: Stream | undefined;
  static readonly CLOSED = 2;
  readyState = 1;
  onopen?: () => void;
  constructor() {
    super();
    Stream.last = this;
  }
  says = (order: OrderBody) => this.dispatchEvent(new MessageEvent('order', { data: JSON.stringify(order) }));
  close() {
    if (Stream.last === this) Stream.last = undefined;
  }
}

beforeAll(async () => {
  api = createServer((request, response) => {
    asked.push({ path: request.url ?? '', response });
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const { port } = api.address() as AddressInfo;
  (window as unknown as { happyDOM: { setURL: (url: string) => void } }).happyDOM.setURL(`http://127.0.0.1:${port}/`);
  Reflect.deleteProperty(Navigator.prototype, 'locks');
  Object.assign(globalThis, { BroadcastChannel: Channel, EventSource: Stream });
});
beforeEach(() => {
  asked = [];
  // Like a browser, happy-dom logs each refused request.
  jest.spyOn(console, 'error').mockImplementation((text) => expect(String(text)).toMatch(/^GET |AbortError/));
});
afterEach(async () => {
  cleanup();
  for (const { response } of asked) response.writeHead(503).end();
  await waitFor(() => expect(asked.every(({ response }) => response.writableFinished)).toBe(true));
});
afterAll(() => {
  api.closeAllConnections();
  return new Promise((resolve) => api.close(resolve));
});

const ID = '6b0150640000000000000000';
const ORDER = `/api/orders/${ID}`;
const PAYMENT = `/api/payments/${ID}`;
const order = (version: number, status: OrderBody['status'] = 'created') => anOrder({ id: ID, version, status });
const payment = (status: PaymentBody['status']): PaymentBody => ({ id: ID, orderId: ID, status });
const opened = (of: Partial<Purchase> = {}, isAsking = false) =>
  renderHook(({ asks }) => usePurchase({ order: order(0), payment: null, serverNow: Date.now(), ...of }, asks), {
    initialProps: { asks: isAsking },
  });

test('an opened page asks once more, and shows the current state', async () => {
  const { result } = opened();
  expect(result.current.stage).toBe('pay');
  await isAsked(ORDER);
  answer(ORDER, order(1, 'awaiting:payment'));
  await waitFor(() => expect(result.current.stage).toBe('settling'));
});

test('a response overtaken by a later one changes nothing', async () => {
  const { result } = opened();
  await isAsked(ORDER);
  act(() => void result.current.refresh());
  await isAsked(ORDER, 2);
  const [late, early] = asked.splice(0, 2);
  const reply = (response: ServerResponse | undefined, body: OrderBody) =>
    response?.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  reply(early?.response, order(2, 'complete'));
  await waitFor(() => expect(result.current.stage).toBe('complete'));
  reply(late?.response, { ...order(3, 'cancelled') });
  act(() => void result.current.refresh());
  await isAsked(ORDER);
  answer(ORDER, order(2, 'complete'));
  await waitFor(() => expect(asked).toHaveLength(0));
  expect(result.current.stage).toBe('complete');
});

test('an update from the stream applies at once, and an older response does not undo it', async () => {
  const { result } = opened();
  await isAsked(ORDER);
  await waitFor(() => expect(Stream.last).toBeDefined());
  act(() => void Stream.last?.says(order(2, 'awaiting:payment')));
  expect(result.current.stage).toBe('settling');
  act(() => void Stream.last?.says(order(1)));
  expect(result.current.stage).toBe('settling');
  answer(ORDER, order(1));
  await waitFor(() => expect(asked).toHaveLength(0));
  expect(result.current.stage).toBe('settling');
});

test('asks for the payment once a request to pay was answered, and not before', async () => {
  const { result, rerender } = opened();
  await isAsked(ORDER);
  answer(ORDER, order(0));
  expect(asked.map(({ path }) => path)).not.toContain(PAYMENT);
  rerender({ asks: true });
  expect(result.current.stage).toBe('settling');
  await isAsked(ORDER);
  answer(ORDER, order(0));
  await isAsked(ORDER);
  expect(asked.map(({ path }) => path)).not.toContain(PAYMENT);
  answer(ORDER, order(0));
  act(result.current.expectPayment);
  await isAsked(PAYMENT);
  answer(PAYMENT, payment('requires_action'));
  await isAsked(ORDER);
  answer(ORDER, order(0));
  rerender({ asks: false });
  await waitFor(() => expect(result.current.stage).toBe('bank'));
});

test('the response to a payment wins over earlier requests', async () => {
  const { result } = opened({ payment: payment('pending') });
  await isAsked(PAYMENT);
  await isAsked(ORDER);
  act(() => result.current.setPayment(payment('declined')));
  expect(result.current.stage).toBe('pay');
  answer(PAYMENT, payment('pending'));
  answer(ORDER, order(0));
  act(() => void result.current.refresh());
  await isAsked(ORDER);
  expect(result.current.stage).toBe('pay');
});

test('while the API is unreachable the page says so, and retries by itself', async () => {
  const { result } = opened();
  await isAsked(ORDER);
  answer(ORDER, { errors: [{ code: 'unavailable', message: 'Later' }] }, 503);
  await waitFor(() => expect(result.current.isReachable).toBe(false));
  await isAsked(ORDER);
  answer(ORDER, order(1));
  await waitFor(() => expect(result.current.isReachable).toBe(true));
});
