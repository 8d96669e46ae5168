import type { OrderBody, TicketBody } from '@ticketing/common';
import { eventually } from './eventually';
import { expectReleased, expectSold } from './outcome';
import { declinedCard, newEmail, Person, poorCard, secureCard, visa } from './people';
import { System } from './stack';

let system: System;
let seller: Person;
let buyer: Person;
let other: Person;
let ticket: TicketBody;

beforeAll(async () => {
  system = await System.start({ windowSeconds: 60 });
  [seller, buyer, other] = await Promise.all([
    Person.signUp(system.url),
    Person.signUp(system.url),
    Person.signUp(system.url),
  ]);
});

beforeEach(async () => {
  ticket = await seller.list('Kind of Blue, all night', '20.50');
});

afterAll(() => system.expectNothingLost());
afterAll(() => system.stop());

it('browse, hold, pay: complete and sold', async () => {
  expect(await new Person(system.url).browse()).toContainEqual(ticket);

  const order = await buyer.hold(ticket.id);
  expect(order).toMatchObject({ status: 'created', ticket: { id: ticket.id, price: 20.5 } });
  await eventually(async () =>
    expect(await buyer.ticket(ticket.id)).toMatchObject({ status: 'held', orderId: order.id }),
  );
  expect((await buyer.browse()).map(({ id }) => id)).not.toContain(ticket.id);
  expect(await system.bank.moneyOf(order.id)).toMatchObject({ held: 0, captured: 0 });

  const payment = await buyer.pay(order.id);
  await expectSold(system, buyer, order);
  expect((await buyer.orders()).map(({ id }) => id)).toContain(order.id);

  const repeated = await buyer.pay(order.id);
  expect(repeated.id).toBe(payment.id);
  await expectSold(system, buyer, order);
  await expect(other.hold(ticket.id)).rejects.toMatchObject({ status: 400, message: 'Ticket is already reserved' });
});

it('a cancelled order frees its ticket for another buyer', async () => {
  const order = await buyer.hold(ticket.id);
  await expect(other.hold(ticket.id)).rejects.toMatchObject({ status: 400, message: 'Ticket is already reserved' });
  await buyer.cancel(order.id);
  await expectReleased(system, buyer, order);
  // Until payments has heard of it, it may take the money, and then releases it.
  await eventually(() => expect(buyer.pay(order.id)).rejects.toMatchObject({ status: 400 }));

  const next = await other.hold(ticket.id);
  await other.pay(next.id);
  await expectSold(system, other, next);
  await expect(other.cancel(next.id)).rejects.toMatchObject({ status: 400 });
  await expectReleased(system, buyer, order);
});

it('a declined card says why, and another one pays', async () => {
  const order = await buyer.hold(ticket.id);
  await expect(buyer.pay(order.id, declinedCard)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('declined'),
  });
  await expect(buyer.pay(order.id, poorCard)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('insufficient funds'),
  });
  expect(await system.bank.moneyOf(order.id)).toMatchObject({ held: 0, captured: 0 });
  expect(await buyer.order(order.id)).toMatchObject({ status: 'created' });
  await buyer.pay(order.id, visa);
  await expectSold(system, buyer, order);
});

describe('a card with 3-D Secure', () => {
  let order: OrderBody;

  beforeEach(async () => {
    order = await buyer.hold(ticket.id);
    const payment = await buyer.pay(order.id, secureCard);
    expect(payment).toMatchObject({ status: 'requires_action', clientSecret: expect.stringContaining('_secret_') });
  });

  it('pays once the buyer has confirmed', async () => {
    await system.bank.answerChallenge(order.id, 'approve');
    await expectSold(system, buyer, order);
  });

  it('charges nothing if the buyer does not confirm, and another card pays', async () => {
    await system.bank.answerChallenge(order.id, 'fail');
    await eventually(async () => expect(await buyer.payment(order.id)).toMatchObject({ status: 'declined' }));
    await buyer.pay(order.id, visa);
    await expectSold(system, buyer, order);
  });

  it('is released if the buyer cancels instead', async () => {
    await buyer.cancel(order.id);
    await expectReleased(system, buyer, order);
    await eventually(async () => expect(await buyer.payment(order.id)).toMatchObject({ status: 'released' }));
  });
});

describe('when Stripe is in trouble', () => {
  afterEach(() => system.bank.disarm());

  it.each([
    ['its response is lost after the effect', { kind: 'lose-answer', method: 'POST', path: '/v1/payment_intents' }],
    ['a request is lost', { kind: 'lose-request', method: 'POST', path: '/v1/payment_intents' }],
    ['it fails after the effect', { kind: 'error-500', method: 'POST', path: '/v1/payment_intents', when: 'after' }],
    [
      'the response to the capture is lost',
      { kind: 'lose-answer', method: 'POST', path: '/v1/payment_intents/*/capture' },
    ],
    ['it is busy', { kind: 'error-429', method: 'POST', times: 2 }],
    ['its webhooks come twice', { kind: 'doubled', times: 5 }],
  ])('%s: the buyer is charged once', async (_name, fault) => {
    const order = await buyer.hold(ticket.id);
    await system.bank.arm(fault);
    await buyer.pay(order.id);
    await expectSold(system, buyer, order);
  });

  it('lost webhooks: a confirmed payment is found anyway', async () => {
    const order = await buyer.hold(ticket.id);
    await system.bank.arm({ kind: 'lost', times: 100 });
    await buyer.pay(order.id, secureCard);
    await system.bank.answerChallenge(order.id, 'approve');
    await expectSold(system, buyer, order);
  });
});

it('a listing cannot be changed while it is held or sold', async () => {
  const order = await buyer.hold(ticket.id);
  await eventually(async () => expect(await buyer.ticket(ticket.id)).toMatchObject({ status: 'held' }));
  await expect(seller.edit(ticket.id, 'Dearer', 99)).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('reserved'),
  });
  await expect(seller.withdraw(ticket.id)).rejects.toMatchObject({ status: 400 });
  await buyer.cancel(order.id);
  await expectReleased(system, buyer, order);
  expect(await seller.edit(ticket.id, 'Dearer', 99)).toMatchObject({ title: 'Dearer', price: 99 });
  await seller.withdraw(ticket.id);
  await eventually(async () => {
    const attempt = buyer.hold(ticket.id).then(({ id }) => buyer.cancel(id));
    await expect(attempt).rejects.toMatchObject({ status: 400, message: 'Ticket is no longer for sale' });
  });
  expect(await buyer.ticket(ticket.id)).toMatchObject({ status: 'withdrawn' });
});

it('nobody acts for someone else', async () => {
  await expect(seller.hold(ticket.id)).rejects.toMatchObject({ status: 400 });
  await expect(other.edit(ticket.id, 'Mine', 1)).rejects.toMatchObject({ status: 401 });
  const order = await buyer.hold(ticket.id);
  await expect(other.order(order.id)).rejects.toMatchObject({ status: 401 });
  await expect(other.cancel(order.id)).rejects.toMatchObject({ status: 401 });
  await expect(other.pay(order.id)).rejects.toMatchObject({ status: 401 });
  expect(await buyer.order(order.id)).toMatchObject({ status: 'created' });
});

it.each([
  ['PUT', '/api/users/me'],
  ['GET', '/api/tickets/mine'],
  ['POST', '/api/tickets'],
  ['PUT', '/api/tickets/:id'],
  ['DELETE', '/api/tickets/:id'],
  ['GET', '/api/orders'],
  ['GET', '/api/orders/:id'],
  ['POST', '/api/orders'],
  ['DELETE', '/api/orders/:id'],
  ['POST', '/api/payments'],
  ['GET', '/api/payments/:id'],
])('%s %s needs a session', async (method, route) => {
  const body = method === 'GET' ? undefined : {};
  const call = new Person(system.url).call(method, route.replace(':id', ticket.id), body);
  await expect(call).rejects.toMatchObject({ status: 401, errors: [{ message: expect.any(String) }] });
});

it("a changed email address reaches Stripe's receipt", async () => {
  const person = await Person.signUp(system.url);
  const email = newEmail();
  await person.confirmAddress(system.mailbox);
  await person.moveTo(email, system.mailbox);
  await eventually(async () => {
    const { id } = await person.hold((await seller.list('Receipt', 5)).id);
    await person.pay(id);
    expect(await system.bank.receiptEmail(id)).toBe(email);
  });
});
