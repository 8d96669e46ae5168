import type { OrderBody, PayoutBody, TicketBody } from '@ticketing/common';
import { eventually } from './eventually';
import { Letters } from './letters';
import { expectSold } from './outcome';
import { newEmail, Person } from './people';
import { System } from './stack';
import { aQrCode } from './ticketFile';

/** What follows a sale: the ticket reaches its buyer, the money its seller, and what went wrong is put right. */

const seconds = (count: number) => `${count / 3_600}`;
const HOURS = { PAYOUT_HOURS: seconds(2), DELIVERY_HOURS: seconds(20), CLAIM_ANSWER_HOURS: seconds(20) };
/** Until the events begin whose sales are released in this test: long enough to list and buy their tickets, mostly. */
const SOON_MS = 30_000;
/** The same for one ticket. */
const SOONER_MS = 20_000;
const within = (ms: number) => new Date(Date.now() + ms).toISOString();
/** In major and in minor units; less five percent. */
const [PRICE, SHARE] = [20, 1_900];

interface Sale {
  seller: Person;
  order: OrderBody;
}

let system: System;
let letters: Letters;
let seller: Person;
let buyer: Person;
const later = within(30 * 86_400_000);
/** Sales of events that begin soon. */
let sales: Record<'file' | 'unready' | 'claimed' | 'unclaimed' | 'lost' | 'won', Sale>;
/** Claimed, and never answered. */
let ignored: OrderBody;
/** Promised, and never handed over. */
let missed: OrderBody;
let file: Buffer;
let disputeOfWon: string;
const claim = { reason: 'not-admitted', text: 'They would not let me in.' };

beforeAll(async () => {
  system = await System.start({ windowSeconds: 120, env: HOURS });
  letters = new Letters(system.mailbox);
  [seller, buyer] = await Promise.all([Person.signUp(system.url), Person.signUp(system.url)]);
  file = aQrCode('EVENT-1 SEAT-1');
  const [claimant, ...others] = await Promise.all(Array.from({ length: 4 }, onboarded));
  const unready = await Person.signUp(system.url);
  // On a busy machine an event may begin before: then for another one.
  const soon = () => within(SOON_MS);
  const [first, ...orders] = await Promise.all([
    eventually(() => sellFile(others[0]!, soon())),
    eventually(() => sellCode(unready, soon())),
    eventually(() => sellClaimed(claimant!, soon())),
    ...[claimant!, others[1]!].map((person) => eventually(() => sellCode(person, soon()))),
    eventually(() => sellDisputed(others[2]!, soon())),
  ]);
  const sale = (person: Person, at: number) => ({ seller: person, order: orders[at]! });
  sales = {
    file: { seller: others[0]!, order: first },
    unready: sale(unready, 0),
    claimed: sale(claimant!, 1),
    unclaimed: sale(claimant!, 2),
    lost: sale(others[1]!, 3),
    won: sale(others[2]!, 4),
  };
  missed = await buy(await list(seller, later, 'later'));
  ignored = await sellCode(seller, later);
  await buyer.claim(ignored.id, claim);
});
afterAll(() => system.expectNothingLost());
afterAll(() => system.stop());

let count = 0;
const list = (by: Person, startsAt: string, delivery: 'now' | 'later' = 'now') =>
  by.sell({ title: `Blue Train ${++count}`, price: PRICE, startsAt, timeZone: 'Europe/Berlin', delivery });

async function buy(ticket: TicketBody): Promise<OrderBody> {
  // Orders sells it once it has heard that it was handed over.
  const order = await eventually(() => buyer.hold(ticket.id));
  await buyer.pay(order.id);
  await expectSold(system, buyer, order);
  return order;
}

async function sellFile(by: Person, startsAt: string): Promise<OrderBody> {
  const ticket = await list(by, startsAt);
  expect(await by.upload(ticket.id, file)).toMatchObject({ isScanned: true });
  await expect(buyer.received(ticket.id)).rejects.toMatchObject({ status: 404 });
  return buy(ticket);
}

async function sellCode(by: Person, startsAt: string): Promise<OrderBody> {
  const ticket = await list(by, startsAt);
  await by.handOver(ticket.id, { code: `code of ${ticket.title}` });
  return buy(ticket);
}

async function sellClaimed(by: Person, startsAt: string): Promise<OrderBody> {
  const order = await sellCode(by, startsAt);
  await buyer.claim(order.id, claim);
  await by.answer(order.id, 'Their gate was closed for ten minutes.');
  return order;
}

async function sellDisputed(by: Person, startsAt: string): Promise<OrderBody> {
  const order = await sellCode(by, startsAt);
  disputeOfWon = await system.bank.dispute(order.id);
  await eventually(async () => expect(await by.payout(order.id)).toMatchObject({ wait: 'dispute' }));
  return order;
}

async function onboarded(): Promise<Person> {
  const person = await Person.signUp(system.url);
  await system.bank.onboard(await person.setUpPayouts(system.mailbox));
  return person;
}

const untilPayout = ({ seller, order }: Sale, payout: Partial<PayoutBody>) =>
  eventually(async () => expect(await seller.payout(order.id)).toMatchObject(payout));

/** Waits until both sides of a sale were told of it. */
const bothHear = (subject: string, { id, ticket }: OrderBody, person: Person) =>
  Promise.all([
    letters.arrive(buyer, `${subject}: ${ticket.title}`, id, `/orders/${id}`),
    letters.arrive(person, `${subject}: ${ticket.title}`, id),
  ]);

async function untilRefunded({ id, ticket }: OrderBody, reason: string): Promise<void> {
  await eventually(async () => {
    expect(await buyer.order(id)).toMatchObject({ status: 'refunded', reason });
    expect(await system.bank.moneyOf(id)).toMatchObject({ refunded: PRICE * 100 });
    expect(await system.bank.transferredFor(id)).toBe(0);
    await expect(buyer.received(ticket.id)).rejects.toMatchObject({ status: 404 });
  });
  await expect(buyer.hold(ticket.id)).rejects.toMatchObject({ status: 400 });
}

describe('a file', () => {
  it('reaches its buyer and nobody else, and its seller is paid once', async () => {
    const { seller: person, order } = sales.file;
    const { id } = order.ticket;
    expect(await buyer.received(id)).toEqual(file);
    await expect(seller.received(id)).rejects.toMatchObject({ status: 404 });
    await expect(person.upload(id, aQrCode('EVENT-1 SEAT-2'))).rejects.toMatchObject({
      errors: [{ code: 'delivery-final' }],
    });

    await untilPayout(sales.file, { status: 'paid', price: PRICE, fee: 1, amount: 19 });
    expect(await system.bank.transferredFor(order.id)).toBe(SHARE);
    await letters.arrive(person, '$19.00 on its way to you', order.id);
    expect(await person.seller()).toMatchObject({ state: 'ready', waiting: 0, onTheWay: 0, paid: 19, debt: 0 });
    await expect(buyer.claim(order.id, { reason: 'not-admitted', text: 'Too late' })).rejects.toMatchObject({
      errors: [{ code: 'order-released' }],
    });
  });

  it('that someone else has listed is refused', async () => {
    const copy = await list(seller, later);
    await expect(seller.upload(copy.id, file)).rejects.toMatchObject({ errors: [{ code: 'content-listed' }] });
  });
});

it('money waits until its seller has an account', async () => {
  const { seller: person, order } = sales.unready;
  await untilPayout(sales.unready, { status: 'waiting', wait: 'account' });
  await system.bank.onboard(await person.setUpPayouts(system.mailbox));
  await untilPayout(sales.unready, { status: 'paid', amount: 19 });
  expect(await system.bank.transferredFor(order.id)).toBe(SHARE);
});

it('a seller is told when their payouts go to another bank account', async () => {
  const email = newEmail();
  const person = await Person.signUp(system.url, email);
  await system.bank.onboard(await person.setUpPayouts(system.mailbox));
  const first = await system.mailbox.received(email, 'Your payouts are set up');
  expect(first.text).toContain('···· 6789');
  await system.bank.onboard(await person.payoutsPage(), '000999991234');
  const changed = await system.mailbox.received(email, 'Your payouts now go to a different bank account');
  expect(changed.text).toContain('···· 1234');
  expect(changed.text).not.toContain('6789');
});

describe('a claim', () => {
  it('holds the money back until a person decides for the seller', async () => {
    const { seller: person, order } = sales.claimed;
    await letters.arrive(person, `A buyer reported a problem: ${order.ticket.title}`, order.id);
    await letters.arrive(buyer, `The seller answered: ${order.ticket.title}`, order.id, `/orders/${order.id}`);
    await untilPayout(sales.unclaimed, { status: 'paid' });
    expect(await person.payout(order.id)).toMatchObject({ status: 'waiting', wait: 'claim' });
    expect(await system.bank.transferredFor(order.id)).toBe(0);
    await system.command('orders', 'decide', order.id, 'pay', '--why', 'The venue confirmed it');
    const [mine, theirs] = await bothHear('Decided', order, person);
    expect(mine.text).toContain("decided in the seller's favour");
    expect(theirs.text).toContain('We decided the reported problem in your favour.');
    await untilPayout(sales.claimed, { status: 'paid', amount: 19 });
  });

  it('ends in a refund if a person decides so', async () => {
    const order = await sellCode(seller, later);
    await buyer.claim(order.id, claim);
    await seller.answer(order.id, 'I cannot say.');
    await system.command('orders', 'decide', order.id, 'refund', '--why', 'No answer to the point');
    await untilRefunded(order, 'claim');
    const [mail] = await bothHear('Decided', order, seller);
    expect(mail.text).toContain('We decided in your favour: you get the full price back');
    await untilPayout({ seller, order }, { status: 'void' });
  });

  it('not answered in time ends in a refund', async () => {
    await untilRefunded(ignored, 'claim');
  });
});

it('a seller gives the money back', async () => {
  const order = await sellCode(seller, later);
  await expect(buyer.giveBack(order.id)).rejects.toMatchObject({ status: 401 });
  await seller.giveBack(order.id);
  await untilRefunded(order, 'seller');
  await bothHear('Refunded', order, seller);
});

it('a promised ticket whose seller is reminded and never hands it over is refunded', async () => {
  const { id, ticket } = missed;
  await letters.arrive(seller, `Hand over your ticket: ${ticket.title}`, id);
  await untilRefunded(missed, 'not-delivered');
  await bothHear('Refunded', missed, seller);
  await expect(seller.handOver(ticket.id, { code: 'at last' })).rejects.toMatchObject({ status: 409 });
});

describe('at the bank', () => {
  it('a lost dispute reverses the payout; what is gone becomes a debt, settled by the next sale', async () => {
    const { seller: person, order } = sales.lost;
    await untilPayout(sales.lost, { status: 'paid' });
    await system.bank.empty(await system.bank.payeeOf(order.id));
    await system.bank.closeDispute(await system.bank.dispute(order.id), 'lost');
    await eventually(async () => {
      expect(await buyer.order(order.id)).toMatchObject({ status: 'refunded', reason: 'dispute' });
      expect(await person.seller()).toMatchObject({ debt: 19 });
    });
    await bothHear('Refunded', order, person);
    const next = { seller: person, order: await eventually(() => sellCode(person, within(SOONER_MS))) };
    await untilPayout(next, { status: 'paid', settled: 19, amount: 0 });
    await letters.arrive(person, `Your share of ${next.order.ticket.title}`, next.order.id);
    expect(await person.seller()).toMatchObject({ debt: 0 });
    expect(await system.bank.transferredFor(next.order.id)).toBe(0);
  });

  it('a won dispute releases the money', async () => {
    const { order } = sales.won;
    expect(await sales.won.seller.payout(order.id)).toMatchObject({ status: 'waiting', wait: 'dispute' });
    await system.bank.closeDispute(disputeOfWon, 'won');
    await untilPayout(sales.won, { status: 'paid' });
    expect(await system.bank.transferredFor(order.id)).toBe(SHARE);
  });

  it('a refund in the dashboard is followed', async () => {
    const order = await sellCode(seller, later);
    await system.bank.refund(order.id);
    await untilRefunded(order, 'dashboard');
  });
});

it('nobody was told anything twice', () => letters.expectOnce());
