import type { MessageBody, OrderBody, PersonBody, SupportPaymentBody, UserBody } from '@ticketing/common';
import { atDesk } from './desk';
import { eventually } from './eventually';
import { linkIn } from './mailbox';
import { expectSold } from './outcome';
import { Person } from './people';
import { System } from './stack';

/** What the support desk does while money is due. */

const seconds = (count: number) => `${count / 3_600}`;
const HOURS = { PAYOUT_UNDATED_HOURS: seconds(40), PAYOUT_READ_HOURS: seconds(2) };
const [PRICE, SHARE] = [20, 1_900];

let system: System;
let desk: Person;
let buyer: Person;
beforeAll(async () => {
  system = await System.start({ windowSeconds: 120, env: HOURS });
  [desk, buyer] = await Promise.all([atDesk(system), Person.signUp(system.url)]);
});
afterAll(() => system.expectNothingLost());
afterAll(() => system.stop());

const because = { reason: 'The buyer says that the seller sold it twice' };
const act = <T>(path: string) => desk.call<T>('POST', path, because);
const paymentOf = ({ id }: OrderBody) => desk.call<SupportPaymentBody>('GET', `/api/payments/support/payments/${id}`);
const untilPayout = (order: OrderBody, payout: Partial<SupportPaymentBody['payout']>) =>
  eventually(async () => expect((await paymentOf(order)).payout).toMatchObject(payout));

/** A sale by a new seller who can be paid: due soon after its buyer opens the ticket. */
async function sale() {
  const seller = await Person.signUp(system.url);
  const { id, email } = await seller.call<UserBody>('GET', '/api/users/me');
  await system.bank.onboard(await seller.setUpPayouts(system.mailbox));
  const ticket = await seller.sell({ title: 'Blue Train', price: PRICE, delivery: 'now' });
  await seller.handOver(ticket.id, { code: 'a code' });
  const order = await eventually(() => buyer.hold(ticket.id));
  await buyer.pay(order.id);
  await expectSold(system, buyer, order);
  return { seller, sellerId: id, email, order };
}

/** Waits until somebody was told, once, by a message that leads to a page. */
async function hears(email: string, subject: string, page: string) {
  expect(new URL(linkIn(await system.mailbox.received(email, subject))).pathname).toBe(page);
  expect((await system.mailbox.to(email)).filter((mail) => mail.subject === subject)).toHaveLength(1);
}

it('a seller who is frozen while money is due gets it once they no longer are', async () => {
  const [{ seller, sellerId, email, order }, withheld] = await Promise.all([sale(), sale()]);
  const people = `/api/users/support/people/${sellerId}`;
  expect(await act<PersonBody>(`${people}/freeze`)).toMatchObject({ id: sellerId, sessions: 0 });
  await act(`/api/payments/support/payments/${withheld.order.id}/freeze`);
  await hears(email, 'Your account is frozen', '/contact');
  for (const path of ['/api/users/me', '/api/payments/seller', '/api/orders/sales', '/api/tickets/mine'])
    await eventually(() => expect(seller.call('GET', path)).rejects.toMatchObject({ status: 401 }));

  // Payments hears of the seller later than the services that ended their sessions.
  await untilPayout(order, { sellerFrozenAt: expect.any(String) as string });
  for (const { id, ticket } of [order, withheld.order]) {
    await buyer.received(ticket.id);
    await eventually(async () => expect((await buyer.order(id)).releasedAt).not.toBeNull());
  }
  await untilPayout(order, { status: 'waiting', wait: 'withheld', frozenAt: null });
  await untilPayout(withheld.order, { status: 'waiting', wait: 'withheld', sellerFrozenAt: null });
  const { payouts } = await desk.call<{ payouts: SupportPaymentBody[] }>('GET', '/api/payments/support/queue');
  expect(payouts.map(({ orderId }) => orderId).sort()).toEqual([order.id, withheld.order.id].sort());
  for (const { id } of [order, withheld.order]) expect(await system.bank.transferredFor(id)).toBe(0);

  expect(await act<PersonBody>(`${people}/unfreeze`)).toMatchObject({ frozenAt: null });
  await act(`/api/payments/support/payments/${withheld.order.id}/unfreeze`);
  await hears(email, 'Your account is open again', '/auth/signin');
  for (const each of [order, withheld.order]) {
    await untilPayout(each, { status: 'paid' });
    expect(await system.bank.transferredFor(each.id)).toBe(SHARE);
  }

  // The seller is told of it as of any sale, and once more if that was lost.
  const sent = await eventually(async () => {
    const about = await desk.call<MessageBody[]>('GET', `/api/users/support/messages?about=${order.id}`);
    const paid = about.find(({ kind, sentAt }) => kind === 'paid' && sentAt !== null);
    if (!paid) throw new Error('They were not told yet');
    return paid;
  });
  await desk.call('POST', '/api/users/support/messages/send', { id: sent.id, ...because });
  await eventually(async () => {
    const about = await desk.call<MessageBody[]>('GET', `/api/users/support/messages?about=${order.id}`);
    expect(about.find(({ id }) => id === sent.id)?.sentAt).not.toBe(sent.sentAt);
  });
});
