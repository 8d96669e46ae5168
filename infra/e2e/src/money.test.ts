import type { OrderBody } from '@ticketing/common';
import mongoose from 'mongoose';
import type { Browser, Page } from 'playwright-core';
import { eventually } from './eventually';
import { Letters } from './letters';
import { modes, visit } from './look';
import { expectSold } from './outcome';
import { Person } from './people';
import { System } from './stack';
import { aQrCode } from './ticketFile';
import { openBrowser, Visitor } from './visitor';

/** What Stripe and the banks do to the money of sales, what their sellers and buyers read of it, and undated sales. */

const seconds = (count: number) => `${count / 3_600}`;
const [SOLD_SECONDS, READ_SECONDS] = [40, 2];
const HOURS = {
  PAYOUT_UNDATED_HOURS: seconds(SOLD_SECONDS),
  PAYOUT_READ_HOURS: seconds(READ_SECONDS),
  DELIVERY_HOURS: seconds(20),
};
const later = new Date(Date.now() + 30 * 86_400_000).toISOString();

let system: System;
let letters: Letters;
let buyer: Person;
/** Never opened by its buyer. */
let unread: Sale;

interface Sale {
  seller: Person;
  order: OrderBody;
  title: string;
}

beforeAll(async () => {
  system = await System.start({ windowSeconds: 120, env: HOURS });
  letters = new Letters(system.mailbox);
  buyer = await Person.signUp(system.url);
  unread = await sale(await onboarded());
});
afterAll(() => system.expectNothingLost());
afterAll(() => system.stop());

async function onboarded(): Promise<Person> {
  const person = await Person.signUp(system.url);
  await system.bank.onboard(await person.setUpPayouts(system.mailbox));
  return person;
}

let count = 0;

async function buy(seller: Person, ticketId: string, title: string): Promise<Sale> {
  const order = await eventually(() => buyer.hold(ticketId));
  await buyer.pay(order.id);
  await expectSold(system, buyer, order);
  return { seller, order, title };
}

/** Sells a code. Without a date, reading it brings the release about. */
async function sale(seller: Person, price = 20, startsAt?: string): Promise<Sale> {
  const title = `Giant Steps ${++count}`;
  const time = startsAt && { startsAt, timeZone: 'UTC' };
  const { id } = await seller.sell({ title, price, delivery: 'now', ...time });
  await seller.handOver(id, { code: `code of ${title}` });
  return buy(seller, id, title);
}

const read = ({ order }: Sale) => buyer.received(order.ticket.id);
const untilPayout = ({ seller, order }: Sale, payout: object) =>
  eventually(async () => expect(await seller.payout(order.id)).toMatchObject(payout));
const alarms = (kind: string) => system.metric(`ticketing_payment_alarms_total{kind="${kind}"}`);

it('without a date, money is due once the buyer has opened the ticket for a while', async () => {
  const sold = await sale(await onboarded());
  const { order, seller } = sold;
  const saleOf = async () => (await seller.sales()).find(({ id }) => id === order.id);
  const before = await saleOf();
  expect(time(before?.releaseAt) - time(before?.completedAt)).toBe(SOLD_SECONDS * 1_000);
  await read(sold);
  const { readAt } = await seller.ticket(order.ticket.id);
  await eventually(async () => expect(time((await saleOf())?.releaseAt) - time(readAt)).toBe(READ_SECONDS * 1_000));
  await untilPayout(sold, { status: 'paid', amount: 19 });
  await letters.arrive(seller, '$19.00 on its way to you', order.id);
});

const time = (text: string | null | undefined) => Date.parse(text ?? '');

it('a promised ticket that is handed over in time: its buyer is told', async () => {
  const seller = await Person.signUp(system.url);
  const title = `Giant Steps ${++count}`;
  const { id } = await seller.sell({ title, price: 20, delivery: 'later' });
  const { order } = await buy(seller, id, title);
  await seller.handOver(id, { code: `code of ${title}` });
  await letters.arrive(buyer, `Your ticket is here: ${title}`, order.id, `/orders/${order.id}`);
});

it('a payout that Stripe refuses, as the account is restricted, is tried again and arrives once it no longer is', async () => {
  const seller = await onboarded();
  const first = await sale(seller);
  await read(first);
  await untilPayout(first, { status: 'paid' });
  // Payments is not told, and tries.
  for (const event of ['[requirements].updated', '[configuration.recipient].capability_status_updated'])
    await system.bank.arm({ kind: 'lost', event: `v2.core.account${event}` });
  await system.bank.restrict(await system.bank.payeeOf(first.order.id));
  const next = await sale(seller, 30);
  await read(next);
  await untilPayout(next, { status: 'waiting', wait: 'account' });
  await letters.arrive(seller, "We couldn't pay you yet", next.order.id);
  expect(await seller.seller()).toMatchObject({ state: 'incomplete', waiting: 28.5, paid: 19 });
  expect(await system.bank.transferredFor(next.order.id)).toBe(0);

  await system.bank.onboard(await seller.payoutsPage());
  await untilPayout(next, { status: 'paid', amount: 28.5 });
  expect(await system.bank.transferredFor(next.order.id)).toBe(2_850);
  await letters.arrive(seller, '$28.50 on its way to you', next.order.id);
});

it('a refund that the bank returns is made again, and a person is told; to its buyer it is one', async () => {
  const sold = await sale(await onboarded(), 20, later);
  const { seller, order, title } = sold;
  await seller.giveBack(order.id);
  const isRefunded = () =>
    eventually(async () => expect(await system.bank.moneyOf(order.id)).toMatchObject({ refunded: 2_000 }));
  await isRefunded();
  await letters.arrive(buyer, `Refunded: ${title}`, order.id, `/orders/${order.id}`);
  await letters.arrive(seller, `Refunded: ${title}`, order.id);
  const before = await alarms('refund-failed');
  expect(await system.bank.failRefund(order.id)).toMatchObject({ status: 'failed' });
  await isRefunded();
  await eventually(async () => expect(await alarms('refund-failed')).toBe(before + 1));
  expect(await buyer.order(order.id)).toMatchObject({ status: 'refunded', reason: 'seller' });
  await untilPayout(sold, { status: 'void' });
});

it('a part that is refunded in the dashboard keeps the payout back, and a person is told', async () => {
  const sold = await sale(await onboarded());
  const before = await alarms('partial-refund');
  await system.bank.refund(sold.order.id, 500);
  await eventually(async () => expect(await alarms('partial-refund')).toBe(before + 1));
  await read(sold);
  await untilPayout(sold, { status: 'waiting', wait: 'refused', refusal: 'partially-refunded' });
  expect(await buyer.order(sold.order.id)).toMatchObject({ status: 'complete' });
  expect(await system.bank.moneyOf(sold.order.id)).toMatchObject({ captured: 2_000, refunded: 500 });
  expect(await system.bank.transferredFor(sold.order.id)).toBe(0);
});

it('the evidence for a disputed sale says when its file was opened, and its pass used', async () => {
  const seller = await Person.signUp(system.url);
  const title = `Giant Steps ${++count}`;
  const { id } = await seller.sell({ title, price: 20, startsAt: later, timeZone: 'UTC', delivery: 'now' });
  await seller.upload(id, aQrCode(title));
  const { order } = await buy(seller, id, title);
  await buyer.received(id);
  const { pass } = await buyer.order(order.id);
  const { usedAt } = await buyer.call<{ usedAt: string }>('POST', `/api/orders/passes/${pass}/use`);
  const { readAt } = await seller.ticket(id);
  await untilHeard(order.id);
  const dispute = await system.bank.dispute(order.id);
  await eventually(async () => {
    const { status, evidence } = await system.bank.disputeAt(dispute);
    expect(status).toBe('under_review');
    expect(evidence.uncategorized_text).toContain(`opened the ticket that was handed over on ${readAt}`);
    expect(evidence.uncategorized_text).toContain(`was used at the entrance on ${usedAt}`);
  });
});

/** Evidence is submitted once, of what payments has heard by then. */
async function untilHeard(orderId: string): Promise<void> {
  const database = await mongoose.createConnection(system.databaseOf('payments')).asPromise();
  try {
    const heard = { _id: new mongoose.Types.ObjectId(orderId), usedAt: { $ne: null }, readAt: { $ne: null } };
    await eventually(async () => expect(await database.collection('orders').countDocuments(heard)).toBe(1));
  } finally {
    await database.close();
  }
}

describe('a seller with money in every state', () => {
  let seller: Person;
  let browser: Browser;
  beforeAll(async () => {
    [seller, browser] = await Promise.all([onboarded(), openBrowser()]);
    const [paid, undone] = [await sale(seller, 20), await sale(seller, 80)];
    await Promise.all([paid, undone].map(read));
    for (const each of [paid, undone]) await untilPayout(each, { status: 'paid' });
    await system.bank.arm({ kind: 'lose-request', method: 'POST', path: '/v1/transfers', times: 10_000 });
    const sent = await sale(seller, 40);
    await read(sent);
    await untilPayout(sent, { status: 'sending' });
    await untilPayout(await sale(seller, 60, later), { status: 'waiting' });
    const account = await system.bank.payeeOf(undone.order.id);
    await system.bank.empty(account);
    await system.bank.closeDispute(await system.bank.dispute(undone.order.id), 'lost');
    await eventually(async () => expect(await seller.seller()).toMatchObject({ debt: 76 }));
    await eventually(async () => expect((await buyer.order(undone.order.id)).status).toBe('refunded'));
    await system.bank.restrict(account);
    await eventually(async () => expect(await seller.seller()).toMatchObject({ state: 'incomplete' }));
  }, 300_000);
  afterAll(() => browser.close());
  afterAll(() => system.bank.disarm());

  const cookie = () => {
    const [name = '', value = ''] = seller.session.split(/=(.*)/s);
    return { name, value, url: system.url };
  };
  /** The sums of the page that is open, by their names. */
  const sumsOn = async (page: Page) => {
    const totals = await page.locator('.totals-money .total').allInnerTexts();
    return Object.fromEntries(totals.map((text) => text.split(/\n+/) as [string, string]));
  };

  it('reads each sum by its name, what became of each sale, and what Stripe still wants', async () => {
    const visitor = await Visitor.enter(browser, system.url, { locale: 'en-US' });
    await visitor.page.context().addCookies([cookie()]);
    await visitor.open('/sales');
    await visitor.readsHeading('Sales and payouts');
    expect(await sumsOn(visitor.page)).toEqual({
      Waiting: '$57.00',
      'On the way': '$38.00',
      Paid: '$95.00',
      'You owe': '$76.00',
    });
    await visitor.reads('From sales that were refunded after we paid you.');
    for (const words of ['Stripe needs more from you before it can pay you.', 'an identity document'])
      await visitor.reads(words);
    const said = await visitor.page.locator('.sale .tag').allInnerTexts();
    expect(said).toEqual(['Waiting', 'On the way', 'Refunded', 'Paid']);
    await visitor.reads(/Paid to you: \w+/);
    expect(visitor.complaints).toEqual([]);
    await visitor.page.context().close();
  });

  it.each(Object.keys(modes))('has a page that is fit to be seen: %s', async (mode) => {
    const context = await browser.newContext({ baseURL: system.url, ...modes[mode] });
    await context.addCookies([cookie()]);
    expect(await visit(await context.newPage(), mode, { name: 'sales-money', path: '/sales' })).toEqual([]);
    await context.close();
  });
});

it('without a date, money is due some time after the sale, though nobody opened the ticket', async () => {
  await untilPayout(unread, { status: 'paid', amount: 19 });
  expect(await system.bank.transferredFor(unread.order.id)).toBe(1_900);
  expect((await unread.seller.ticket(unread.order.ticket.id)).readAt).toBeNull();
  await letters.arrive(unread.seller, '$19.00 on its way to you', unread.order.id);
});

it('nobody was told anything twice', () => letters.expectOnce());
