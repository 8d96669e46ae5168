import fc from 'fast-check';
import { EventDetails, type OrderStatus } from '@ticketing/common';
import * as domain from './order';

const WINDOW = 1_000;
const start = new Date('2026-01-01T00:00:00Z');
const at = (milliseconds: number) => new Date(start.getTime() + milliseconds);

const ticket: domain.Ticket = {
  title: 'Concert',
  price: 2_000,
  userId: 'seller',
  ...EventDetails.parse({}),
  status: 'available',
  seq: 0,
};
const placed = (changes: Partial<domain.Order> = {}): domain.Order => ({
  ...domain.place('buyer', 'ticket', ticket, null, start, WINDOW),
  ...changes,
});
const apply = (order: domain.Order, decision: domain.Decision | undefined) => ({ ...order, ...decision?.set });
const statuses: OrderStatus[] = ['created', 'awaiting:payment', 'complete', 'cancelled'];

describe('placing', () => {
  test('holds the ticket as it is now, until the window ends', () => {
    expect(domain.place('buyer', 'ticket', ticket, null, start, WINDOW)).toEqual({
      userId: 'buyer',
      status: 'created',
      reason: null,
      expiresAt: at(WINDOW),
      seq: 1,
      ticket: { id: 'ticket', title: 'Concert', price: 2_000, userId: 'seller', ...EventDetails.parse({}) },
    });
  });

  test('is possible until the event begins, and keeps what it is for', () => {
    const soon = {
      ...ticket,
      startsAt: at(1).toISOString(),
      timeZone: 'Europe/Berlin',
      category: 'sport',
      seat: '7',
    } as const;
    expect(domain.place('buyer', 'ticket', soon, null, start, WINDOW).ticket).toMatchObject({
      category: 'sport',
      startsAt: soon.startsAt,
      timeZone: 'Europe/Berlin',
      seat: '7',
    });
  });

  test.each(['created', 'awaiting:payment', 'complete'] as const)('is refused while the last order is %s', (status) => {
    expect(() => domain.place('buyer', 'ticket', ticket, { seq: 1, status }, start, WINDOW)).toThrow(
      expect.objectContaining({ code: 'ticket-reserved' }),
    );
  });

  test('comes after a cancelled order, even where tickets has not heard of its end', () => {
    for (const status of ['available', 'held', 'sold'] as const)
      expect(
        domain.place('buyer', 'ticket', { ...ticket, status }, { seq: 4, status: 'cancelled' }, start, WINDOW).seq,
      ).toBe(5);
  });

  test.each([
    ['an unknown ticket', null, 'buyer', 404, 'ticket-not-found'],
    ['an own ticket', ticket, 'seller', 400, 'own-ticket'],
    ['a ticket of an event that has begun', { ...ticket, startsAt: start.toISOString() }, 'buyer', 400, 'event-begun'],
    ['a withdrawn ticket', { ...ticket, status: 'withdrawn' as const }, 'buyer', 400, 'ticket-not-for-sale'],
  ])('refuses %s', (_what, listing, buyer, status, code) => {
    expect(() => domain.place(buyer, 'ticket', listing, null, start, WINDOW)).toThrow(
      expect.objectContaining({ status, code }),
    );
  });
});

describe('an order in each state', () => {
  test.each([
    ['authorize', domain.authorize, { created: 'awaiting:payment' }],
    ['complete', domain.complete, { 'awaiting:payment': 'complete' }],
    ['failPayment', domain.failPayment, { 'awaiting:payment': 'cancelled' }],
    ['expire in time', (order: domain.Order) => domain.expire(order, at(WINDOW - 1)), {}],
    ['expire at its time', (order: domain.Order) => domain.expire(order, at(WINDOW)), { created: 'cancelled' }],
  ] as [string, (order: domain.Order) => domain.Decision | undefined, Partial<Record<OrderStatus, OrderStatus>>][])(
    '%s changes what it may and nothing else',
    (_name, decide, moves) => {
      for (const status of statuses) expect(decide(placed({ status }))?.set.status).toBe(moves[status]);
    },
  );

  test('its buyer may cancel it until the money is held', () => {
    expect(domain.cancel(placed())).toEqual({
      set: { status: 'cancelled', reason: 'buyer' },
      subject: 'order:cancelled',
    });
    expect(domain.cancel(placed({ status: 'cancelled' }))).toBeUndefined();
    expect(() => domain.cancel(placed({ status: 'awaiting:payment' }))).toThrow(
      expect.objectContaining({ code: 'order-being-paid' }),
    );
    expect(() => domain.cancel(placed({ status: 'complete' }))).toThrow(
      expect.objectContaining({ code: 'order-complete' }),
    );
  });

  test('only its buyer sees it', () => {
    expect(domain.own(placed(), 'buyer')).toEqual(placed());
    expect(() => domain.own(placed(), 'seller')).toThrow(expect.objectContaining({ status: 401 }));
    expect(() => domain.own(null, 'buyer')).toThrow(expect.objectContaining({ status: 404 }));
  });

  test('of authorisation and expiry, whichever is written first wins', () => {
    const expire = (order: domain.Order) => domain.expire(order, at(WINDOW + 1));
    const authorized = apply(placed(), domain.authorize(placed()));
    const expired = apply(placed(), expire(placed()));
    expect(apply(authorized, expire(authorized)).status).toBe('awaiting:payment');
    expect(apply(expired, domain.authorize(expired))).toMatchObject({ status: 'cancelled', reason: 'expired' });
  });
});

test('a copy tells the last order only of a ticket that is available', () => {
  expect(domain.lastKnown(ticket)).toBeNull();
  expect(domain.lastKnown({ ...ticket, seq: 3 })).toEqual({ seq: 3, status: 'cancelled' });
  for (const status of ['held', 'sold', 'withdrawn'] as const)
    expect(domain.lastKnown({ ...ticket, status, seq: 3 })).toBeUndefined();
});

describe('a chain of orders, whatever comes in whatever order', () => {
  const events = {
    authorize: domain.authorize,
    complete: domain.complete,
    failPayment: domain.failPayment,
    cancel: domain.cancel,
    expire: domain.expire,
  };
  const names = Object.keys(events) as (keyof typeof events)[];
  const step = fc.oneof(
    fc.record({ kind: fc.constant('place' as const), stale: fc.nat(10) }),
    fc.record({ kind: fc.constantFrom(...names), which: fc.nat(10), now: fc.nat(2 * WINDOW) }),
  );
  const arrows = [
    'created>awaiting:payment',
    'created>cancelled',
    'awaiting:payment>complete',
    'awaiting:payment>cancelled',
  ];

  /** As the store does it: the place in the chain is unique. `stale` is how many links the copy of the ticket lags. */
  function place(chain: domain.Order[], stale: number) {
    const heard = chain.slice(0, Math.max(0, chain.length - stale));
    const status = heard.every((order) => !domain.isLive(order)) ? 'available' : 'held';
    const copy = { ...ticket, status, seq: heard.length } as const;
    const last = () => chain.at(-1) ?? null;
    for (let link = domain.lastKnown(copy) ?? last(); ; link = last()) {
      const order = domain.place('buyer', 'ticket', copy, link, start, WINDOW);
      if (!chain.some(({ seq }) => seq === order.seq)) return chain.push(order);
    }
  }

  test('has at most one live link, and every link moves only along the arrows', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const chain: domain.Order[] = [];
        for (const action of steps) {
          try {
            if (action.kind === 'place') place(chain, action.stale);
            else {
              const index = action.which % Math.max(chain.length, 1);
              const before = chain[index];
              if (!before) continue;
              const decision = events[action.kind](before, at(action.now));
              const after = apply(before, decision);
              chain[index] = after;
              if (decision) expect(arrows).toContain(`${before.status}>${after.status}`);
              expect(after.status === 'cancelled').toBe(after.reason !== null);
              expect({ ...after, status: 0, reason: 0 }).toEqual({ ...before, status: 0, reason: 0 });
            }
          } catch (error) {
            expect(error).toMatchObject({ status: 400 });
          }
          expect(chain.filter(domain.isLive).length).toBeLessThanOrEqual(1);
          expect(chain.map(({ seq }) => seq)).toEqual(chain.map((_, index) => index + 1));
        }
      }),
      { numRuns: 500 },
    );
  });
});
