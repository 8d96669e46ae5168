import { toMinor, type OrderBody, type TicketBody } from '@ticketing/common';
import { atLength } from './config';
import { eventually } from './eventually';
import { expectSettled } from './outcome';
import { Person, Refused } from './people';
import { System } from './stack';
import { aQrCode } from './ticketFile';

/**
 * People list, hand over, buy, claim and refund while one part after another is killed and Stripe's answers and
 * webhooks are lost, late and doubled; then the events begin, and everyone gets what is theirs.
 */

const seconds = (count: number) => `${count / 3_600}`;
const HOURS = { PAYOUT_HOURS: seconds(2), CLAIM_ANSWER_HOURS: seconds(20) };
const PRICE = 20;
const SHARE = 1_900;
/** What is killed, one after the other, each while trades go on. */
const PARTS = ['tickets', 'payments', 'mongo-payments', 'orders', 'stripe', 'mongo-tickets', 'nats', 'mongo-orders'];
const victims = atLength ? [...PARTS, ...PARTS] : PARTS.slice(0, 5);
const TRADES_EACH = 4;
/** From the start of a round to its events: what comes later is not sold, and not missed. */
const BEGIN_MS = 40_000;
const PATIENCE_MS = 60_000;

/** A sale, and what its buyer is to find. */
interface Trade {
  seller: Person;
  order: OrderBody;
  content: Buffer;
}

let system: System;
let sellers: Person[];
let buyer: Person;
let stranger: Person;
const trades: Trade[] = [];

beforeAll(async () => {
  system = await System.start({ windowSeconds: 15, env: HOURS });
  [buyer, stranger] = await Promise.all([Person.signUp(system.url), Person.signUp(system.url)]);
  sellers = await Promise.all([0, 1].map(onboarded));
});
afterAll(() => system.stop());

async function onboarded(): Promise<Person> {
  const person = await Person.signUp(system.url);
  await system.bank.onboard(await person.setUpPayouts(system.mailbox));
  return person;
}

/** Asks until there is an answer; a refusal is one. */
const answer = <T>(ask: () => Promise<T>): Promise<T | Refused> =>
  eventually(
    () =>
      ask().catch((error: unknown) => {
        if (error instanceof Refused && error.status < 500 && error.status !== 429) return error;
        throw error;
      }),
    PATIENCE_MS,
  );

let count = 0;

/** Lists a ticket and hands over a file or a code. Returns nothing if it was too late. */
async function list(seller: Person, startsAt: string): Promise<[TicketBody, Buffer] | undefined> {
  const title = `A Love Supreme ${++count}`;
  const isFile = count % 2 === 1;
  const ticket = await answer(() => seller.sell({ title, price: PRICE, startsAt, timeZone: 'UTC', delivery: 'now' }));
  if (ticket instanceof Refused) return undefined;
  const transfer = { url: null, code: title, note: null };
  const content = isFile ? aQrCode(title) : Buffer.from(JSON.stringify({ transfer }));
  const isThere = await answer(() =>
    isFile ? seller.upload(ticket.id, content) : seller.handOver(ticket.id, transfer),
  );
  return isThere instanceof Refused ? undefined : [ticket, content];
}

/** Orders has not heard yet that it was listed, or handed over. */
const NOT_YET = ['ticket-not-found', 'promise-too-late'];

/** Holds a ticket as a stubborn person would: who heard no answer looks whether it was held for them. */
const hold = (ticket: TicketBody) =>
  eventually(async () => {
    const order = await answer(async () => {
      const mine = await buyer.orders('open');
      return mine.find((each) => each.ticket.id === ticket.id) ?? (await buyer.hold(ticket.id));
    });
    if (order instanceof Refused && NOT_YET.includes(order.errors[0]?.code ?? '')) throw order;
    return order;
  }, PATIENCE_MS);

/** One ticket from its listing to what its buyer or its seller does about the sale. */
async function trade(seller: Person, startsAt: string): Promise<void> {
  const [ticket, content] = (await list(seller, startsAt)) ?? [];
  const order = ticket && (await hold(ticket));
  if (!order || order instanceof Refused) return;
  await answer(() => buyer.pay(order.id));
  if ((await expectSettled(system, buyer, order)) === 'cancelled') return;
  const turn = trades.push({ seller, order, content: content! }) % 4;
  if (turn === 1) await answer(() => buyer.claim(order.id, { reason: 'not-as-described', text: 'Another row.' }));
  if (turn === 2) await answer(() => seller.giveBack(order.id));
  if (turn === 3) await answer(() => buyer.received(ticket.id));
}

async function disturbStripe(): Promise<void> {
  const faults = [
    { kind: 'lose-answer', method: 'POST', times: 2 },
    { kind: 'doubled', times: 3 },
    { kind: 'lost', times: 1 },
    { kind: 'delayed', times: 2 },
    { kind: 'reordered', times: 2 },
    { kind: 'slow', times: 2 },
  ];
  for (const fault of faults) await system.bank.arm(fault).catch(() => undefined);
}

it.each(victims)(
  '%s is killed while tickets are listed, handed over, sold, claimed and refunded',
  async (part) => {
    await disturbStripe();
    const startsAt = new Date(Date.now() + BEGIN_MS).toISOString();
    const run = async (seller: Person) => {
      for (let left = TRADES_EACH; left > 0; left--) await trade(seller, startsAt);
    };
    const running = Promise.all(sellers.map(run));
    const before = trades.length;
    await eventually(async () => Promise.resolve(expect(trades.length).toBeGreaterThan(before)), PATIENCE_MS);
    system.signal(part, 'SIGKILL');
    await running;
    await system.untilReady();
  },
  180_000,
);

it('every buyer has their ticket or their money, every seller is paid once, and the books add up', async () => {
  await system.bank.disarm();
  for (const sale of trades) await expectDone(sale);
  const told = (await Promise.all(sellers.map((seller) => seller.payouts()))).flat();
  const paid = told.filter(({ status }) => status === 'paid');
  expect(await system.bank.transferredInAll()).toBe(paid.reduce((sum, { amount }) => sum + toMinor(amount), 0));
  await system.expectNothingLost();
  expect(await system.metric('ticketing_ledger_violations')).toBe(0);
}, 300_000);

/** A sale ends in one of two ways: kept and paid out, or refunded and paid to nobody. */
async function expectDone({ seller, order: { id, ticket }, content }: Trade): Promise<void> {
  await eventually(async () => {
    const { status, releasedAt } = await buyer.order(id);
    expect([status, releasedAt !== null]).toEqual(status === 'refunded' ? ['refunded', false] : ['complete', true]);
    const { refunded } = await system.bank.moneyOf(id);
    const payout = await seller.payout(id);
    const sent = await system.bank.transferredFor(id);
    if (status === 'refunded') expect([refunded, sent, payout?.status]).toEqual([PRICE * 100, 0, 'void']);
    else expect([refunded, sent, payout?.status]).toEqual([0, SHARE, 'paid']);
  }, 120_000);
  const isKept = (await buyer.order(id)).status === 'complete';
  if (isKept) expect(await buyer.received(ticket.id)).toEqual(content);
  else await expect(buyer.received(ticket.id)).rejects.toMatchObject({ status: 404 });
  await expect(stranger.received(ticket.id)).rejects.toMatchObject({ status: 404 });
}
