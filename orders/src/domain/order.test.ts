import { EventDetails, TicketStatus, type OrderStatus } from '@ticketing/common';
import * as hold from './hold';
import * as domain from './order';
import * as refunds from './refund';
import { isWaiting } from './waiting';
import * as sale from './sale';

const WINDOW = 1_000;
const terms = { payoutAfter: 1_000, payoutAfterSale: 1_000, payoutAfterRead: 1_000, answerWithin: 1_000 };
const start = new Date('2026-01-01T00:00:00Z');
const at = (milliseconds: number) => new Date(start.getTime() + milliseconds);

const ticket: domain.Ticket = {
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
const held = { ...ticket, status: 'held', seq: 1 } as const;
const placed = (changes: Partial<domain.Order> = {}): domain.Order => ({
  ...hold.place(
    { buyer: 'buyer', ticketId: 'ticket' },
    { ticket, last: null, earlierEnd: null, slot: 0, now: start, window: WINDOW },
  ),
  ...changes,
});
const apply = (order: domain.Order, decision: domain.Decision | undefined) => ({ ...order, ...decision?.set });
const statuses: OrderStatus[] = ['created', 'awaiting:payment', 'complete', 'cancelled', 'refunded'];

describe('an order in each state', () => {
  test.each([
    ['authorize', (order: domain.Order) => domain.authorize(order, held, start), { created: 'awaiting:payment' }],
    ['complete', (order: domain.Order) => sale.complete(order, start, terms), { 'awaiting:payment': 'complete' }],
    [
      'refund',
      (order: domain.Order) => refunds.refund(order, null, start),
      { 'awaiting:payment': 'refunded', complete: 'refunded' },
    ],
    [
      'failPayment',
      (order: domain.Order) => refunds.failPayment(order, null, start),
      { 'awaiting:payment': 'cancelled', complete: 'refunded' },
    ],
    ['expire in time', (order: domain.Order) => domain.expire(order, at(WINDOW - 1)), {}],
    ['expire at its time', (order: domain.Order) => domain.expire(order, at(WINDOW)), { created: 'cancelled' }],
  ] as [string, (order: domain.Order) => domain.Decision | undefined, Partial<Record<OrderStatus, OrderStatus>>][])(
    '%s changes what it may and nothing else',
    (_name, decide, moves) => {
      for (const status of statuses) expect(decide(placed({ status }))?.set.status).toBe(moves[status]);
    },
  );

  test('its buyer may cancel it until the money is authorized', () => {
    expect(domain.cancel(placed())).toEqual({
      set: { status: 'cancelled', reason: 'buyer', slot: undefined },
      subject: 'order:cancelled',
    });
    expect(domain.cancel(placed({ status: 'cancelled' }))).toBeUndefined();
    expect(domain.cancel(placed({ status: 'refunded' }))).toBeUndefined();
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

  test('of authorization and expiry, whichever is written first wins', () => {
    const expire = (order: domain.Order) => domain.expire(order, at(WINDOW + 1));
    const authorized = apply(placed(), domain.authorize(placed(), held, start));
    const expired = apply(placed(), expire(placed()));
    expect(apply(authorized, expire(authorized)).status).toBe('awaiting:payment');
    expect(apply(expired, domain.authorize(expired, held, start))).toMatchObject({
      status: 'cancelled',
      reason: 'expired',
    });
  });
});

describe('the listing an order was placed on', () => {
  const waits = placed({ authorizedAt: start });
  const told = (changes: Partial<domain.Ticket>) => ({ ...held, ...changes });

  test.each([
    ['unheard of', null, undefined, undefined],
    ['not followed yet', ticket, undefined, undefined],
    ['the same', held, undefined, 'awaiting:payment'],
    ['edited before', told({ edition: 1 }), 'cancelled', 'cancelled'],
    ['withdrawn before', told({ withdrawing: true }), 'cancelled', 'cancelled'],
    ['held by a later order', told({ seq: 2 }), undefined, undefined],
  ])(
    '%s: decides about an order once tickets reports it, never earlier about its money',
    (_what, copy, unpaid, paid) => {
      expect(domain.confirm(placed(), copy)?.set.status).toBe(unpaid);
      expect(domain.confirm(waits, copy)?.set.status).toBe(paid);
      expect(domain.authorize(placed(), copy, start)?.set.status).toBe(paid);
    },
  );

  test('decides why the order ends', () => {
    expect(domain.confirm(placed(), told({ edition: 1 }))?.set.reason).toBe('changed');
    expect(domain.confirm(placed(), told({ edition: 1, withdrawing: true }))?.set.reason).toBe('withdrawn');
  });

  test('is awaited, which is recorded once; expiry may win meanwhile', () => {
    expect(domain.authorize(placed(), ticket, start)).toEqual({ set: { authorizedAt: start } });
    expect(domain.authorize(waits, ticket, at(1))).toBeUndefined();
    expect(domain.expire(waits, at(WINDOW))?.set.status).toBe('cancelled');
  });
});

test('payment events count only if nothing newer is known, and restated ones are answered once', () => {
  for (const status of statuses) {
    const order = placed({ status, paymentVersion: 3 });
    const decision = { set: { usedAt: start } };
    expect(domain.hear(order, 2, decision)).toBeUndefined();
    expect(domain.hear(order, 3, undefined)).toBeUndefined();
    expect(domain.hear(order, 3, decision)).toEqual({ set: { usedAt: start, paymentVersion: 3 } });
    expect(domain.hear(order, 4, undefined)).toEqual({
      set: { paymentVersion: 4 },
      ...(status !== 'created' && { subject: domain.subjectOf({ status }) }),
    });
  }
});

test('a pass is used once', () => {
  const bought = placed({ status: 'complete' });
  expect(domain.usePass(bought, at(5))).toEqual({ set: { usedAt: at(5) }, subject: 'order:completed' });
  expect(() => domain.usePass({ ...bought, usedAt: at(5) }, at(6))).toThrow(
    expect.objectContaining({ code: 'pass-used', params: { usedAt: at(5).toISOString() } }),
  );
  for (const status of ['created', 'awaiting:payment', 'cancelled', 'refunded'] as const)
    expect(() => domain.usePass(placed({ status }), start)).toThrow(expect.objectContaining({ code: 'pass-invalid' }));
});

test('an order counts as answered once the listing shows its state', () => {
  const waits = (status: OrderStatus, copy: Pick<domain.Ticket, 'seq' | 'status' | 'isRefunded'> | null) =>
    isWaiting({ status, seq: 2, isReturned: true }, copy);
  for (const status of statuses) {
    expect(waits(status, null)).toBe(true);
    expect(waits(status, { seq: 1, status: 'available' })).toBe(true);
    expect(waits(status, { seq: 3, status: 'held' })).toBe(status === 'awaiting:payment');
  }
  const answers = { created: ['held'], 'awaiting:payment': [], complete: ['sold'], refunded: ['sold'] };
  for (const [status, answered] of Object.entries({ ...answers, cancelled: ['available', 'withdrawn'] }))
    for (const shown of TicketStatus.options)
      expect(waits(status as OrderStatus, { seq: 2, status: shown, isRefunded: true })).toBe(
        !(answered as string[]).includes(shown),
      );
  // Sold, without having heard of the refund: the buyer can still read what was handed over.
  expect(waits('refunded', { seq: 2, status: 'sold', isRefunded: false })).toBe(true);
  expect(isWaiting({ status: 'refunded', seq: 2 }, { seq: 2, status: 'sold', isRefunded: true })).toBe(true);
});
