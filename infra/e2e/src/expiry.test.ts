import { eventually } from './eventually';
import { expectReleased, expectSettled } from './outcome';
import { Person, secureCard } from './people';
import { System } from './stack';

const WINDOW_SECONDS = 2;

let system: System;
let seller: Person;
let buyer: Person;

beforeAll(async () => {
  system = await System.start({ windowSeconds: WINDOW_SECONDS });
  [seller, buyer] = await Promise.all([Person.signUp(system.url), Person.signUp(system.url)]);
});

afterAll(() => system.expectNothingLost());
afterAll(() => system.stop());

it('an unpaid order expires, but not early, and another buyer gets the ticket', async () => {
  const { id } = await seller.list('Cellar Jazz, Tuesday', 12);
  const placedAt = Date.now();
  const order = await buyer.hold(id);
  const expiresAt = Date.parse(order.expiresAt);
  expect(expiresAt).toBeGreaterThanOrEqual(placedAt + WINDOW_SECONDS * 1000);

  await eventually(async () =>
    expect(await buyer.order(order.id)).toMatchObject({ status: 'cancelled', reason: 'expired' }),
  );
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
  await expectReleased(system, buyer, order);

  // On a busy machine, their time may run out as well.
  await eventually(async () => {
    const other = await Person.signUp(system.url);
    const next = await other.hold(id);
    await other.pay(next.id);
    expect(await expectSettled(system, other, next)).toBe('complete');
  });
});

it('an expired order cannot be paid', async () => {
  const order = await buyer.hold((await seller.list('Too late', 12)).id);
  await expectReleased(system, buyer, order);
  await expect(buyer.pay(order.id)).rejects.toMatchObject({ status: 400 });
  await expectReleased(system, buyer, order);
});

it('an order waiting for the bank expires too, and money approved later is released', async () => {
  const order = await eventually(async () => {
    const held = await buyer.hold((await seller.list('A slow bank', 12)).id);
    await buyer.pay(held.id, secureCard);
    return held;
  });
  await expectReleased(system, buyer, order);
  await eventually(async () => expect(await buyer.payment(order.id)).toMatchObject({ status: 'released' }));
  await expect(system.bank.answerChallenge(order.id, 'approve')).rejects.toThrow('payment_intent');
  await expectReleased(system, buyer, order);
});

it('a hundred orders expire together', async () => {
  const tickets = await Promise.all(Array.from({ length: 100 }, () => seller.list('A whole row', 12)));
  const orders = await Promise.all(tickets.map(({ id }) => eventually(() => buyer.hold(id))));
  await Promise.all(orders.map((order) => expectReleased(system, buyer, order)));
});
