import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderBody, TicketBody } from '@ticketing/common';
import { toMinor } from '@ticketing/common/contract/money';
import { names, needing } from '@ticketing/local';
import { atLength, faultsSeed } from './config';
import { eventually } from './eventually';
import { expectReleased, expectSettled } from './outcome';
import { Person, Refused } from './people';
import { System } from './stack';
import { aQrCode } from './ticketFile';

/**
 * People sign up, list, hand over, buy, claim and refund while one part after another is killed or stalls and Stripe's
 * responses and webhooks are lost, late and duplicated; then the events take place, and everyone gets their due.
 */

const seconds = (count: number) => `${count / 3_600}`;
const HOURS = { PAYOUT_HOURS: seconds(2), CLAIM_ANSWER_HOURS: seconds(20) };
const PRICE = 20;
const SHARE = 1_900;
const servers = ['nats', 'redis', 'stripe', ...needing('mongo').map((service) => `mongo-${service}`)];
/** The parts that are killed or stalled, one after the other, each while trading goes on. */
const PARTS = [...names, ...servers, 'client', 'proxy'];
type Fault = 'is killed' | 'stalls';
const drawn = (fault: Fault, part: number): [string, Fault] => [PARTS[part % PARTS.length]!, fault];
const faults: [string, Fault][] = atLength
  ? PARTS.flatMap((_, part) => [drawn('is killed', part), drawn('stalls', part)])
  : [drawn(faultsSeed % 2 ? 'is killed' : 'stalls', faultsSeed >> 1)];
/** Longer than the timeout of a probe or an ack, shorter than that of a request. */
const STALL_MS = 6_000;
const TRADES_EACH = 2;
/** From the listing of a ticket to its event: what is not sold by then does not count. */
const BEGIN_MS = 30_000;
const PATIENCE_MS = 240_000;

/** A sale, and what its buyer should get. */
interface Trade {
  seller: Person;
  buyer: Person;
  order: OrderBody;
  content: Buffer;
}

let system: System;
let sellers: Person[];
let stranger: Person;
const trades: Trade[] = [];
/** Tickets held and never paid, and by whom. */
const unpaid: [Person, OrderBody][] = [];

beforeAll(async () => {
  system = await System.start({ windowSeconds: 15, env: HOURS });
  stranger = await Person.signUp(system.url);
  sellers = await Promise.all([0, 1].map(onboarded));
});
afterAll(() => system.stop());

async function onboarded(): Promise<Person> {
  const person = await Person.signUp(system.url);
  await system.bank.onboard(await person.setUpPayouts(system.mailbox));
  return person;
}

/** Retries until there is a response; a refusal counts. */
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

/** Lists a ticket and hands over a file or a code. Returns undefined if it was too late. */
async function list(seller: Person): Promise<[TicketBody, Buffer] | undefined> {
  const startsAt = new Date(Date.now() + BEGIN_MS).toISOString();
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

/** Orders has not yet received the event of the listing or its delivery. */
const NOT_YET = ['ticket-not-found', 'promise-too-late'];

/** Holds a ticket as a persistent buyer would: after no response, checks whether it is held for them. */
const hold = (buyer: Person, ticket: TicketBody) =>
  eventually(async () => {
    const order = await answer(async () => {
      const mine = await buyer.orders('open');
      return mine.find((each) => each.ticket.id === ticket.id) ?? (await buyer.hold(ticket.id));
    });
    if (order instanceof Refused && NOT_YET.includes(order.errors[0]?.code ?? '')) throw order;
    return order;
  }, PATIENCE_MS);

/** A new user, who first sees the ticket on the site. */
async function arrive(ticket: TicketBody): Promise<Person> {
  await eventually(async () => {
    const page = await fetch(`${system.url}/tickets/${ticket.id}`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(ticket.title)]);
  }, PATIENCE_MS);
  const person = await answer(() => Person.signUp(system.url));
  if (person instanceof Refused) throw person;
  return person;
}

/** One ticket from its listing to what its buyer or its seller does about the sale. */
async function trade(seller: Person, isPaid = true): Promise<void> {
  const [ticket, content] = (await list(seller)) ?? [];
  if (!ticket) return;
  const buyer = await arrive(ticket);
  const order = await hold(buyer, ticket);
  if (order instanceof Refused) return;
  if (!isPaid) return void unpaid.push([buyer, order]);
  await answer(() => buyer.pay(order.id));
  if ((await expectSettled(system, buyer, order)) === 'cancelled') return;
  await expectHidden(ticket);
  const turn = trades.push({ seller, buyer, order, content: content! }) % 4;
  if (turn === 1) await answer(() => buyer.claim(order.id, { reason: 'not-as-described', text: 'Another row.' }));
  if (turn === 2) await answer(() => seller.giveBack(order.id));
  if (turn === 3) await answer(() => buyer.received(ticket.id));
}

/** Whatever is killed or stalls: a stranger gets a refusal or no answer, and never what was handed over. */
const expectHidden = (ticket: TicketBody) =>
  expect(stranger.received(ticket.id)).rejects.not.toMatchObject({ status: 200 });

/** Kills a part, which then restarts; or suspends it for a while. */
async function disturb(part: string, fault: Fault): Promise<void> {
  if (fault === 'is killed') return system.signal(part, 'SIGKILL');
  system.signal(part, 'SIGSTOP');
  await sleep(STALL_MS);
  system.signal(part, 'SIGCONT');
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

it.each(faults)('%s %s while tickets are listed, handed over, sold, claimed and refunded', async (part, fault) => {
  await disturbStripe();
  const run = async (seller: Person) => {
    for (let left = TRADES_EACH; left > 0; left--) await trade(seller);
    await trade(seller, false);
  };
  const running = Promise.all(sellers.map(run));
  const before = trades.length;
  await eventually(async () => Promise.resolve(expect(trades.length).toBeGreaterThan(before)), PATIENCE_MS);
  await disturb(part, fault);
  await running;
  await system.untilReady();
});

it('every buyer has their ticket or their money, every seller is paid once, and the books add up', async () => {
  await system.bank.disarm();
  for (const sale of trades) await expectDone(sale);
  for (const [buyer, order] of unpaid) await expectReleased(system, buyer, order);
  const told = (await Promise.all(sellers.map((seller) => seller.payouts()))).flat();
  const paid = told.filter(({ status }) => status === 'paid').reduce((sum, { amount }) => sum + toMinor(amount), 0);
  expect(await system.bank.transferredInAll()).toBe(paid);
  await system.expectNothingLost();
  await expectBooked(paid);
});

/** Waits until an audit has covered all payments: all money is where it belongs, to the cent. */
async function expectBooked(stripe: number): Promise<void> {
  const { captured, refunded: refund } = await system.bank.totals();
  const booked = { buyer: -captured, refund, stripe, fee: captured - refund - stripe };
  await eventually(async () => {
    for (const [account, sum] of Object.entries({ ...booked, seller: 0, platform: 0, dispute: 0 }))
      expect([account, await system.metric(`ticketing_ledger_minor_units{account="${account}"}`)]).toEqual([
        account,
        sum,
      ]);
  }, 400_000);
  expect(await system.metric('ticketing_ledger_violations')).toBe(0);
}

/** A sale ends in one of two ways: kept and paid out, or refunded and paid to nobody. */
async function expectDone({ seller, buyer, order: { id, ticket }, content }: Trade): Promise<void> {
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
