import net from 'node:net';
import { text } from 'node:stream/consumers';
import type { OrderBody, PaymentBody, TicketBody } from '@ticketing/common';
import { toMinor } from '@ticketing/common/contract/money';
import { names, needing } from '@ticketing/local';
import { atLength } from './config';
import { eventually } from './eventually';
import { expectReleased, expectSettled } from './outcome';
import { newEmail, Person, Refused } from './people';
import { System } from './stack';

const WINDOW_SECONDS = 8;
/** How many tickets each of four buyers buys during a fault, how often it happens, and how many parts it kills at once. */
const [EACH, ROUNDS, AT_ONCE] = atLength ? [4, 3, 1] : [2, 1, 3];
const servers = ['nats', 'redis', 'stripe', ...needing('mongo').map((service) => `mongo-${service}`)];
const parts = [...names, ...servers];

let system: System;
let seller: Person;
let buyer: Person;
/** Everything that got a 2xx. */
const accepted = { tickets: [] as TicketBody[], orders: [] as OrderBody[], payments: [] as PaymentBody[] };

beforeAll(async () => {
  system = await System.start({ windowSeconds: WINDOW_SECONDS });
  [seller, buyer] = await Promise.all([Person.signUp(system.url), Person.signUp(system.url)]);
});

afterEach(() => system.untilReady());
afterEach(() => system.expectNothingLost());
afterAll(() => system.stop());

async function list(count: number): Promise<TicketBody[]> {
  const tickets = await Promise.all(Array.from({ length: count }, () => seller.list('Come what may', 10)));
  accepted.tickets.push(...tickets);
  return tickets;
}

/** Holds a ticket as a persistent buyer would: after no response, checks whether it has been held for them. */
async function hold(ticket: TicketBody): Promise<OrderBody> {
  const known = new Set(accepted.orders.map(({ id }) => id));
  const order = await eventually(async () => {
    const mine = await buyer.orders();
    return mine.find((each) => each.ticket.id === ticket.id && !known.has(each.id)) ?? (await buyer.hold(ticket.id));
  });
  accepted.orders.push(order);
  return order;
}

/** Pays until there is a response: accepted, or refused because the time is up. */
async function pay(order: OrderBody): Promise<void> {
  await eventually(async () => {
    try {
      accepted.payments.push(await buyer.pay(order.id));
    } catch (error) {
      if (!(error instanceof Refused && error.status === 400)) throw error;
    }
  });
}

/** Buys one ticket after another, leaves every third unpaid, and returns how the others ended. */
async function buy(tickets: TicketBody[], onOrder: (order: OrderBody) => void): Promise<string[]> {
  const outcomes: string[] = [];
  for (const [index, ticket] of tickets.entries()) {
    const order = await hold(ticket);
    onOrder(order);
    if (index % 3 === 2) continue;
    await pay(order);
    outcomes.push(await expectSettled(system, buyer, order));
  }
  return outcomes;
}

const buyInTime = () => eventually(async () => expect(await buy(await list(1), () => undefined)).toEqual(['complete']));

const rounds = Array.from({ length: ROUNDS }, (_, round) => round + 1);
/** Every part is in one: a service, a server and a database each. */
const sets = Array.from({ length: parts.length / AT_ONCE }, (_, first) =>
  parts.filter((_, index) => index % (parts.length / AT_ONCE) === first),
);
const kills = rounds.flatMap((round) => sets.map((set) => ({ set, parts: set.join(', '), round })));

it.each(kills)('$parts: killed during purchases, round $round', async ({ set }) => {
  const tickets = await list(4 * EACH);
  let held = 0;
  const killHalfway = () => {
    held += 1;
    if (held === 2 * EACH) for (const part of set) system.signal(part, 'SIGKILL');
  };
  const buyers = [0, 1, 2, 3].map((buyer) => buy(tickets.slice(buyer * EACH, (buyer + 1) * EACH), killHalfway));
  const outcomes = (await Promise.all(buyers)).flat();
  // On a busy machine, the time of each may have run out.
  if (!outcomes.includes('complete')) await buyInTime();
});

it('an account created before auth was killed can sign in', async () => {
  const email = newEmail();
  await Person.signUp(system.url, email);
  system.signal('mongo-auth', 'SIGKILL');
  system.signal('auth', 'SIGKILL');
  await eventually(() => new Person(system.url).signIn(email));
});

it('orders placed while NATS is down survive, and reach every service', async () => {
  const tickets = await list(10);
  // Held and cancelled once: so orders has copies of them all.
  await Promise.all(tickets.map(async (ticket) => buyer.cancel((await hold(ticket)).id)));
  system.signal('nats', 'SIGSTOP');
  const orders = await Promise.all(tickets.map(hold));
  system.signal('nats', 'SIGKILL');
  const [first, ...others] = orders;
  await pay(first!);
  await expectSettled(system, buyer, first!);
  await Promise.all(others.map((order) => expectReleased(system, buyer, order)));
});

it('orders expire although Redis lost all timers', async () => {
  const orders = await Promise.all((await list(10)).map(hold));
  await flushRedis(system.portOf('redis'), system.secret('redis-password'));
  await Promise.all(orders.map((order) => expectReleased(system, buyer, order)));
  for (const { id } of orders) expect(await buyer.order(id)).toMatchObject({ reason: 'expired' });
});

it('everything that was accepted still exists, and no money is left over', async () => {
  await buyInTime();
  await Promise.all(accepted.orders.map((each) => expectSettled(system, buyer, each)));
  for (const { id, title, price } of accepted.tickets) expect(await buyer.ticket(id)).toMatchObject({ title, price });
  for (const { id, orderId } of accepted.payments) expect(await buyer.payment(orderId)).toMatchObject({ id });

  const sold = (await buyer.orders()).filter(({ status }) => status === 'complete');
  const paid = sold.reduce((total, { ticket }) => total + toMinor(ticket.price), 0);
  expect(await system.bank.totals()).toMatchObject({ held: 0, refunded: 0, captured: paid });
});

async function flushRedis(port: number, password: string): Promise<void> {
  const socket = net.connect(port, '127.0.0.1');
  socket.write([`AUTH ${password}`, 'FLUSHALL', 'QUIT', ''].join('\r\n'));
  expect(await text(socket)).toBe('+OK\r\n'.repeat(3));
}
