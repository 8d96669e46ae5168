import fc from 'fast-check';
import type { Listing, OrderStatus } from '@ticketing/common/contract';
import { noDetails } from '../testing/listing';
import { findable } from './facets';
import { FOREVER } from './search';
import * as domain from './ticket';

const now = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-01-01T00:15:00Z');
const listing: Listing = { ...noDetails, title: 'Concert', price: 2_000 };
const listed = domain.list('seller', listing, now);
const WINDOW = 86_400_000;
const follow = (ticket: domain.Ticket, news: domain.OrderNews) => ({
  ...ticket,
  ...domain.follow(ticket, news, later, WINDOW),
});
const news = (seq: number, version: number, status: OrderStatus): domain.OrderNews => ({
  orderId: `order ${seq}`,
  seq,
  version,
  status,
  expiresAt: later,
  buyer: 'buyer',
  completedAt: later,
});

describe('a price', () => {
  const priced = (price: number, faceValue: number | null) => ({ ...listing, price, faceValue });

  test.each([
    [2_000, null, 100],
    [2_000, 1_000, undefined],
    [1_100, 1_000, 110],
    [1_001, 1_000, 100.1],
    [333, 303, 110],
  ])('of %s is within the cap, with face value %s and %s percent', (price, faceValue, percent) => {
    expect(domain.withinCap(priced(price, faceValue), percent)).toEqual(priced(price, faceValue));
  });

  test.each([
    [1_101, 1_000, 110, 11],
    [334, 303, 110, 3.33],
  ])('of %s is above it, with face value %s and %s percent', (price, faceValue, percent, max) => {
    expect(() => domain.withinCap(priced(price, faceValue), percent)).toThrow(
      expect.objectContaining({ code: 'price-above-cap', field: 'price', params: { max, percent } }),
    );
  });
});

describe('a seller', () => {
  test('edits and withdraws what is available', () => {
    const dearer = { ...listing, title: 'Dearer', price: 3_000 };
    expect(domain.edit(listed, 'seller', dearer, now)).toEqual({
      ...dearer,
      edition: 1,
      ...findable(dearer),
      sellsUntil: FOREVER,
      uniqueKeys: [],
    });
    expect(domain.withdraw(listed, 'seller', now)).toEqual({
      status: 'withdrawn',
      sellsUntil: null,
      endedAt: now,
      uniqueKeys: [],
    });
  });

  test('sells only for a future event, until it starts', () => {
    const begins = (startsAt: Date) => ({ ...listing, startsAt, timeZone: 'Europe/Berlin' });
    const refused = expect.objectContaining({
      status: 400,
      field: 'startsAt',
      code: 'event-in-past',
    });
    expect(() => domain.list('seller', begins(now), now)).toThrow(refused);
    expect(() => domain.edit(listed, 'seller', begins(now), now)).toThrow(refused);
    expect(domain.list('seller', begins(later), now)).toMatchObject({ startsAt: later, sellsUntil: later });
    expect(domain.edit(listed, 'seller', begins(later), now)).toMatchObject({ startsAt: later, sellsUntil: later });
  });

  test('is told by when the buyer must pay', () => {
    const held = follow(listed, news(1, 0, 'created'));
    const refused = expect.objectContaining({ code: 'listing-held', params: { until: '2026-01-01T00:15:00.000Z' } });
    expect(() => domain.edit(held, 'seller', listing, now)).toThrow(refused);
    expect(() => domain.withdraw(held, 'seller', now)).toThrow(refused);
  });

  test.each([
    ['held', 'listing-held'],
    ['sold', 'listing-sold'],
    ['withdrawn', 'listing-withdrawn'],
  ] as const)('changes nothing that is %s', (status, code) => {
    const refused = expect.objectContaining({ status: 400, code });
    expect(() => domain.edit({ ...listed, status }, 'seller', listing, now)).toThrow(refused);
    expect(() => domain.withdraw({ ...listed, status }, 'seller', now)).toThrow(refused);
  });

  test('cannot change what is not theirs or does not exist, whatever its state', () => {
    for (const status of ['available', 'held', 'sold', 'withdrawn'] as const)
      expect(() => domain.edit({ ...listed, status }, 'another', listing, now)).toThrow(
        expect.objectContaining({ status: 401 }),
      );
    expect(() => domain.withdraw(null, 'seller', now)).toThrow(expect.objectContaining({ status: 404 }));
  });
});

describe('following orders', () => {
  test.each([
    ['created', 'held', 'order 1', later, FOREVER],
    ['awaiting:payment', 'held', 'order 1', later, FOREVER],
    ['complete', 'sold', 'order 1', null, null],
    ['refunded', 'sold', 'order 1', null, null],
    ['cancelled', 'available', null, null, FOREVER],
  ] as const)('an order that is %s makes the ticket %s', (status, expected, orderId, heldUntil, sellsUntil) => {
    expect(follow(listed, news(1, 0, status))).toMatchObject({ status: expected, orderId, heldUntil, sellsUntil });
  });

  test('a late release of an older order does not free the ticket of a newer one', () => {
    const held = follow(listed, news(2, 0, 'created'));
    expect(domain.follow(held, news(1, 1, 'cancelled'), later, WINDOW)).toBeUndefined();
  });

  test.each(['complete', 'refunded'] as const)('a %s one never goes to another order', (status) => {
    const sold = follow(listed, news(1, 2, status));
    const another = (seq: number, state: OrderStatus) => ({ ...news(seq, 3, state), orderId: 'another' });
    for (const seq of [1, 2]) {
      for (const live of ['created', 'awaiting:payment', 'complete'] as const)
        expect(() => follow(sold, another(seq, live))).toThrow('order another cannot have it');
      for (const ended of ['cancelled', 'refunded'] as const) expect(follow(sold, another(seq, ended))).toEqual(sold);
    }
    expect(follow(sold, { ...news(1, 2, 'created'), orderId: 'another' })).toEqual(sold);
    expect(follow(sold, news(1, 3, 'refunded'))).toMatchObject({ orderId: 'order 1', isVoid: true });
  });

  test('a hold that raced a withdrawal wins; once released, the listing is withdrawn', () => {
    const withdrawn = { ...listed, ...domain.withdraw(listed, 'seller', now) };
    const held = follow(withdrawn, news(1, 0, 'created'));
    expect(held).toMatchObject({ status: 'held', orderId: 'order 1' });
    expect(follow(held, news(1, 1, 'cancelled'))).toMatchObject({
      status: 'withdrawn',
      orderId: null,
      sellsUntil: null,
    });
    expect(follow(held, news(1, 2, 'complete'))).toMatchObject({ status: 'sold', orderId: 'order 1' });
  });
});

describe('a chain of orders, in any order of events', () => {
  /** An order's possible states, in order; only the last order of a chain may end as anything but cancelled. */
  const released: OrderStatus[][] = [
    ['created', 'cancelled'],
    ['created', 'awaiting:payment', 'cancelled'],
  ];
  const unfinished: OrderStatus[][] = [
    ['created'],
    ['created', 'awaiting:payment'],
    ['created', 'awaiting:payment', 'complete'],
  ];
  const chain = fc
    .tuple(fc.array(fc.constantFrom(...released), { maxLength: 4 }), fc.constantFrom(...released, ...unfinished))
    .map(([before, last]) =>
      [...before, last].flatMap((states, index) => states.map((status, version) => news(index + 1, version, status))),
    );
  /** All events, some of them more than once, in any order. */
  const delivered = chain.chain((all) =>
    fc
      .array(fc.constantFrom(...all), { maxLength: 10 })
      .chain((again) => fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }))
      .map((shuffled) => ({ all, shuffled })),
  );

  test('ends in the state of the newest event', () => {
    fc.assert(
      fc.property(delivered, ({ all, shuffled }) => {
        expect(shuffled.reduce(follow, listed)).toEqual(all.reduce(follow, listed));
        const newest = all.at(-1);
        expect(shuffled.reduce(follow, listed)).toEqual(newest && follow(listed, newest));
      }),
      { numRuns: 500 },
    );
  });

  test('a withdrawal in between is never forgotten, and never takes a ticket from its buyer', () => {
    fc.assert(
      fc.property(delivered, fc.nat(20), ({ all, shuffled }, moment) => {
        let ticket = listed;
        let withdrew = false;
        shuffled.forEach((one, index) => {
          if (index === moment && ticket.status === 'available') {
            ticket = { ...ticket, ...domain.withdraw(ticket, 'seller', now) };
            withdrew = true;
          }
          ticket = follow(ticket, one);
        });
        const end = all.reduce(follow, listed);
        expect(ticket.status).toBe(withdrew && end.status === 'available' ? 'withdrawn' : end.status);
        expect(ticket.orderId).toBe(end.orderId);
      }),
      { numRuns: 500 },
    );
  });
});
