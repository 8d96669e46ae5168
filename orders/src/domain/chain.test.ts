import fc from 'fast-check';
import { EventDetails } from '@ticketing/common';
import * as hold from './hold';
import * as domain from './order';
import * as refunds from './refund';
import * as sale from './sale';

const WINDOW = 1_000;
const SLOTS = 3;
const TERMS = { payoutAfter: WINDOW, payoutAfterSale: WINDOW, payoutAfterRead: WINDOW, answerWithin: WINDOW };
const start = new Date('2026-01-01T00:00:00Z');
const at = (milliseconds: number) => new Date(start.getTime() + milliseconds);

const listed: domain.Ticket = {
  title: 'Concert',
  description: null,
  price: 2_000,
  userId: 'seller',
  ...EventDetails.parse({}),
  status: 'available',
  seq: 0,
  edition: 0,
  withdrawing: false,
  deliveredAt: null,
  deliverBy: null,
  missedAt: null,
  readAt: null,
};

/** The world of one ticket: its orders, its listing, and the events about it that orders has received. */
class World {
  chain: domain.Order[] = [];
  /** Everything tickets has published, newest last; the copy is one of these. */
  told: domain.Ticket[] = [listed];
  copy = 0;
  now = 0;

  listing = () => this.told.at(-1)!;
  heard = () => this.told[this.copy]!;

  /** Like the store: no two orders have the same position in the chain, or the same slot of a buyer. */
  place(buyer: string) {
    let last = hold.lastKnown(this.heard()) ?? this.chain.at(-1) ?? null;
    let slot = 0;
    for (;;) {
      const ended = this.chain.filter((order) => order.userId === buyer && hold.SHARED_END.includes(order.reason));
      const earlierEnd = ended.at(-1)?.expiresAt ?? null;
      const circumstances = { ticket: this.heard(), last, earlierEnd, slot, now: at(this.now), window: WINDOW };
      const order = hold.place({ buyer, ticketId: 'ticket' }, circumstances);
      if (this.chain.some(({ seq }) => seq === order.seq)) last = this.chain.at(-1) ?? null;
      else if (this.chain.some((other) => other.userId === buyer && other.slot === slot))
        slot = hold.freeSlot(
          this.chain.flatMap((other) => (other.userId === buyer ? (other.slot ?? []) : [])),
          SLOTS,
        );
      else return this.chain.push(order);
    }
  }

  /** Tickets follows the newest order in its current state. */
  follow() {
    const order = this.chain.at(-1);
    if (!order) return;
    const now = this.listing();
    const withdrawing = now.withdrawing || now.status === 'withdrawn';
    const status = !domain.isLive(order)
      ? withdrawing
        ? 'withdrawn'
        : 'available'
      : order.status === 'complete' || order.status === 'refunded'
        ? 'sold'
        : 'held';
    this.told.push({ ...now, seq: order.seq, status, withdrawing });
  }

  /** What its seller may do while tickets knows of no live order. */
  edit() {
    if (this.listing().status === 'available')
      this.told.push({ ...this.listing(), price: this.listing().price + 1, edition: this.listing().edition + 1 });
  }
  withdraw() {
    if (this.listing().status === 'available') this.told.push({ ...this.listing(), status: 'withdrawn' });
  }
  hear(upTo: number) {
    this.copy = Math.max(this.copy, Math.min(this.told.length - 1, upTo));
  }
}

const decisions = {
  authorize: (order: domain.Order, world: World) => domain.authorize(order, world.heard(), at(world.now)),
  confirm: (order: domain.Order, world: World) => domain.confirm(order, world.heard()),
  complete: (order: domain.Order, world: World) => sale.complete(order, at(world.now), TERMS),
  failPayment: (order: domain.Order, world: World) => refunds.failPayment(order, null, at(world.now)),
  refund: (order: domain.Order, world: World) => refunds.refund(order, null, at(world.now)),
  cancel: domain.cancel,
  expire: (order: domain.Order, world: World) => domain.expire(order, at(world.now)),
};
const step = fc.oneof(
  fc.record({ kind: fc.constant('place' as const), buyer: fc.constantFrom('one', 'other') }),
  fc.record({
    kind: fc.constant('decide' as const),
    name: fc.constantFrom(...(Object.keys(decisions) as (keyof typeof decisions)[])),
    which: fc.nat(10),
  }),
  fc.record({ kind: fc.constantFrom('follow' as const, 'edit' as const, 'withdraw' as const) }),
  fc.record({ kind: fc.constant('hear' as const), upTo: fc.nat(60) }),
  fc.record({ kind: fc.constant('wait' as const), time: fc.nat(WINDOW) }),
);
const arrows = [
  'created>created',
  'created>awaiting:payment',
  'created>cancelled',
  'awaiting:payment>awaiting:payment',
  'awaiting:payment>complete',
  'awaiting:payment>refunded',
  'awaiting:payment>cancelled',
  'cancelled>cancelled',
  'complete>refunded',
];

function take(world: World, action: typeof step extends fc.Arbitrary<infer A> ? A : never) {
  switch (action.kind) {
    case 'place':
      return world.place(action.buyer);
    case 'hear':
      return world.hear(action.upTo);
    case 'wait':
      return (world.now += action.time);
    case 'decide': {
      const index = action.which % Math.max(world.chain.length, 1);
      const before = world.chain[index];
      const decision = before && decisions[action.name](before, world);
      if (!decision) return;
      const after = { ...before, ...decision.set };
      world.chain[index] = after;
      expect(arrows).toContain(`${before.status}>${after.status}`);
      expect(['cancelled', 'refunded'].includes(after.status)).toBe(after.reason !== null);
      expect(after.slot === undefined).toBe(!['created', 'awaiting:payment'].includes(after.status));
      expect(after.ticket).toEqual(before.ticket);
      // Any order captured from here on was made on a listing that its seller can no longer change.
      if (after.status === 'awaiting:payment')
        expect(world.told.find(({ seq, status }) => seq === after.seq && status === 'held')).toMatchObject({
          price: after.ticket.price,
          edition: after.ticket.edition,
          withdrawing: false,
        });
      return;
    }
    case 'follow':
    case 'edit':
    case 'withdraw':
      return world[action.kind]();
  }
}

test('a chain of orders has at most one live link, in any order of requests and events', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const world = new World();
      for (const action of steps) {
        try {
          take(world, action);
        } catch (error) {
          expect(error).toMatchObject({ status: 400 });
        }
        expect(world.chain.filter(domain.isLive).length).toBeLessThanOrEqual(1);
        expect(world.chain.map(({ seq }) => seq)).toEqual(world.chain.map((_, index) => index + 1));
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a buyer holds a ticket for at most one window an hour, whatever they try', () => {
  const renewal = fc.record({ wait: fc.nat(WINDOW), end: fc.constantFrom('cancel' as const, 'expire' as const) });
  fc.assert(
    fc.property(fc.array(renewal, { minLength: 1, maxLength: 30 }), (renewals) => {
      const world = new World();
      let lastMoment = 0;
      for (const { wait, end } of renewals) {
        try {
          world.place('one');
        } catch (error) {
          expect(['hold-again-later', 'ticket-reserved']).toContain((error as { code?: string }).code);
        }
        world.now += wait;
        const index = world.chain.length - 1;
        const order = world.chain[index]!;
        if (domain.isLive(order)) lastMoment = Math.min(world.now, order.expiresAt.getTime() - start.getTime());
        world.chain[index] = { ...order, ...decisions[end](order, world)?.set };
      }
      expect(lastMoment).toBeLessThanOrEqual(WINDOW);
    }),
    { numRuns: 300 },
  );
});
