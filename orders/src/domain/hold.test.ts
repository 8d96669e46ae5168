import { EventDetails } from '@ticketing/common';
import * as hold from './hold';
import type { Link, Ticket } from './order';

const WINDOW = 900_000;
const HOUR = 3_600_000;
const start = new Date('2026-01-01T00:00:00Z');
const at = (milliseconds: number) => new Date(start.getTime() + milliseconds);
const wish = { buyer: 'buyer', ticketId: 'ticket' };
const ticket: Ticket = {
  title: 'Concert',
  description: 'By the window',
  price: 2_000,
  userId: 'seller',
  ...EventDetails.parse({}),
  status: 'available',
  seq: 0,
  edition: 3,
  withdrawing: false,
  deliveredAt: null,
  deliverBy: null,
  missedAt: null,
  readAt: null,
};
const now: hold.Circumstances = { ticket, last: null, earlierEnd: null, slot: 2, now: start, window: WINDOW };
const refused = (code: string, params?: object) =>
  expect.objectContaining(params ? { code, params } : { code }) as Error;

describe('placing', () => {
  test('holds the ticket as it is now, until the window ends', () => {
    expect(hold.place(wish, now)).toEqual({
      userId: 'buyer',
      status: 'created',
      reason: null,
      expiresAt: at(WINDOW),
      seq: 1,
      slot: 2,
      ticket: {
        id: 'ticket',
        title: 'Concert',
        description: 'By the window',
        price: 2_000,
        userId: 'seller',
        edition: 3,
        ...EventDetails.parse({}),
      },
    });
  });

  test("is possible until the event starts, and keeps the event's details", () => {
    const details = { startsAt: at(1).toISOString(), timeZone: 'Europe/Berlin', category: 'sport', seat: '7' } as const;
    expect(hold.place(wish, { ...now, ticket: { ...ticket, ...details } }).ticket).toMatchObject(details);
  });

  test.each(['created', 'awaiting:payment', 'complete', 'refunded'] as const)(
    'is refused while the last order is %s',
    (status) => {
      expect(() => hold.place(wish, { ...now, last: { seq: 1, status } })).toThrow(refused('ticket-reserved'));
    },
  );

  test('is possible after a cancelled order, even if tickets has not heard of its end', () => {
    const last: Link = { seq: 4, status: 'cancelled' };
    for (const status of ['available', 'held'] as const)
      expect(hold.place(wish, { ...now, ticket: { ...ticket, status }, last }).seq).toBe(5);
  });

  test('is refused for a sold ticket, even if the order that bought it is missing', () => {
    const sold = { ...ticket, status: 'sold' as const };
    for (const last of [null, { seq: 4, status: 'cancelled' as const }])
      expect(() => hold.place(wish, { ...now, ticket: sold, last })).toThrow(refused('ticket-reserved'));
  });

  test.each([
    ['an unknown ticket', null, 'buyer', 404, 'ticket-not-found'],
    ["one's own ticket", ticket, 'seller', 400, 'own-ticket'],
    [
      'a ticket for an event that has started',
      { ...ticket, startsAt: start.toISOString() },
      'buyer',
      400,
      'event-begun',
    ],
    [
      'a promised ticket that could not be delivered in time',
      { ...ticket, delivery: 'later' as const, startsAt: new Date(start.getTime() + 3 * 3_600_000).toISOString() },
      'buyer',
      400,
      'promise-too-late',
    ],
    ['a withdrawn ticket', { ...ticket, status: 'withdrawn' as const }, 'buyer', 400, 'ticket-not-for-sale'],
  ])('refuses %s', (_what, listing, buyer, status, code) => {
    expect(() => hold.place({ ...wish, buyer }, { ...now, ticket: listing })).toThrow(
      expect.objectContaining({ status, code }),
    );
  });

  test('checks what the buyer saw, if given, and says what has changed', () => {
    for (const seen of [{}, { price: 2_000 }, { edition: 3 }, { price: 2_000, edition: 3 }])
      expect(hold.place({ ...wish, ...seen }, now).ticket).toMatchObject({ price: 2_000, edition: 3 });
    for (const seen of [{ price: 1_000 }, { edition: 2 }, { price: 2_000, edition: 4 }])
      expect(() => hold.place({ ...wish, ...seen }, now)).toThrow(
        refused('listing-changed', { price: 20, edition: 3 }),
      );
  });
});

describe("a buyer's time for a ticket", () => {
  const last: Link = { seq: 1, status: 'cancelled' };
  const again = (earlierEnd: Date, moment: number) =>
    hold.place(wish, { ...now, last, earlierEnd, now: at(moment) }).expiresAt;

  test('is one window per hour, however often they hold the ticket', () => {
    expect(again(at(WINDOW), 1)).toEqual(at(WINDOW));
    expect(again(at(WINDOW), WINDOW - 1)).toEqual(at(WINDOW));
  });

  test('is used up at its end, and says when it starts again', () => {
    for (const moment of [WINDOW, HOUR - 1])
      expect(() => again(at(WINDOW), moment)).toThrow(refused('hold-again-later', { until: at(HOUR).toISOString() }));
    expect(again(at(WINDOW), HOUR)).toEqual(at(HOUR + WINDOW));
  });
});

test('a buyer gets a free slot, or is refused at the limit of open orders', () => {
  for (const random of [0, 0.5, 0.999]) {
    expect([0, 1, 2]).toContain(hold.freeSlot([], 3, random));
    expect(hold.freeSlot([0, 2], 3, random)).toBe(1);
    for (const taken of [
      [0, 1, 2],
      [4, 5, 6],
    ])
      expect(() => hold.freeSlot(taken, 3, random)).toThrow(refused('too-many-holds', { max: 3 }));
  }
});

test('a copy knows the last order only if the ticket is available', () => {
  expect(hold.lastKnown(ticket)).toBeNull();
  expect(hold.lastKnown({ ...ticket, seq: 3 })).toEqual({ seq: 3, status: 'cancelled' });
  for (const status of ['held', 'sold', 'withdrawn'] as const)
    expect(hold.lastKnown({ ...ticket, status, seq: 3 })).toBeUndefined();
});
