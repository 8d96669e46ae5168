import fc from 'fast-check';
import { EventDetails, type RefundReason } from '@ticketing/common';
import * as hold from './hold';
import type * as domain from './order';
import * as refunds from './refund';
import * as sale from './sale';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const terms = {
  payoutAfter: 24 * HOUR,
  payoutAfterSale: 14 * DAY,
  payoutAfterRead: 7 * DAY,
  answerWithin: 72 * HOUR,
};
const start = new Date('2026-01-01T00:00:00Z');
const at = (milliseconds: number) => new Date(start.getTime() + milliseconds);
const startsAt = at(3 * DAY).toISOString();

const listing: domain.Ticket = {
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
const sold = (changes: Partial<domain.Ticket> = {}): domain.Ticket => ({
  ...listing,
  status: 'sold',
  seq: 1,
  ...changes,
});

/** An order that has won, for a ticket with these details. */
const paid = (details: Partial<EventDetails> = {}): domain.Order => ({
  ...hold.place(
    { buyer: 'buyer', ticketId: 'ticket' },
    { ticket: { ...listing, ...details }, last: null, earlierEnd: null, slot: 0, now: start, window: 900_000 },
  ),
  status: 'awaiting:payment',
});
const apply = (order: domain.Order, decision: domain.Decision | undefined): domain.Order => ({
  ...order,
  ...decision?.set,
});
const complete = (details: Partial<EventDetails> = {}) =>
  apply(paid(details), sale.complete(paid(details), start, terms));
const input = { reason: 'not-admitted', text: 'The gate was closed' } as const;
const claim = (order: domain.Order, now = at(1)) => apply(order, sale.claim(order, input, now, terms));
const answer = (order: domain.Order, now = at(2)) => apply(order, sale.answer(order, 'It was open', now));
const ruling = (decision: 'refund' | 'pay', why = 'seen the photo') => ({ at: at(3), by: 'eve', decision, why });
const decide = (order: domain.Order, decision: 'refund' | 'pay') => apply(order, sale.decide(order, ruling(decision)));
const refused = (code: string) => expect.objectContaining({ code }) as Error;

describe('a sale', () => {
  test('is due a day after its event starts, or two weeks after the sale', () => {
    expect(complete({ startsAt })).toMatchObject({
      status: 'complete',
      completedAt: start,
      releaseAt: at(4 * DAY),
      dueAt: at(4 * DAY),
    });
    expect(complete()).toMatchObject({ releaseAt: at(14 * DAY), dueAt: at(14 * DAY) });
  });

  test('is released at its time, and not before', () => {
    const order = complete({ startsAt });
    expect(sale.review(order, null, at(4 * DAY - 1))).toEqual({ set: { dueAt: at(4 * DAY) } });
    expect(sale.review(order, null, at(4 * DAY))).toEqual({
      set: { releasedAt: at(4 * DAY), dueAt: null },
      subject: 'order:released',
    });
  });

  test('is released once', () => {
    const released = apply(complete(), sale.review(complete(), null, at(14 * DAY)));
    expect(sale.review(released, null, at(15 * DAY))).toEqual({ set: { dueAt: null } });
  });

  test('without a date, is released a week after its delivery was read, if that is earlier', () => {
    const order = complete({ delivery: 'now' });
    const read = (time: number) =>
      sale.follow(order, sold({ deliveredAt: startsAt, readAt: at(time).toISOString() }), at(5), terms);
    expect(read(DAY)).toMatchObject({
      set: { releaseAt: at(8 * DAY), dueAt: at(8 * DAY), readAt: at(DAY) },
      subject: 'order:completed',
    });
    expect(read(8 * DAY)?.set).toMatchObject({ dueAt: at(14 * DAY), readAt: at(8 * DAY) });
    expect(read(8 * DAY)?.set).not.toHaveProperty('releaseAt');
    const dated = complete({ startsAt, delivery: 'now' });
    expect(
      apply(dated, sale.follow(dated, sold({ deliveredAt: startsAt, readAt: startsAt }), at(5), terms)).releaseAt,
    ).toEqual(at(4 * DAY));
  });

  test('if read while claimed, is rescheduled but waits', () => {
    const order = claim(complete());
    const read = sale.follow(order, sold({ readAt: at(DAY).toISOString() }), at(5), terms);
    expect(read).toEqual({ set: { releaseAt: at(8 * DAY), readAt: at(DAY) }, subject: 'order:claimed' });
  });

  test('records as proof that it was read, even after its release', () => {
    const released = apply(complete(), sale.review(complete(), null, at(14 * DAY)));
    const copy = sold({ readAt: at(DAY).toISOString() });
    const read = sale.follow(released, copy, at(5), terms);
    expect(read).toEqual({ set: { readAt: at(DAY) }, subject: 'order:released' });
    expect(sale.follow(apply(released, read), copy, at(5), terms)).toBeUndefined();
  });
});

describe('a promised delivery', () => {
  const order = complete({ startsAt, delivery: 'later' });
  const late = at(5 * DAY);

  test.each([
    ['that is unreported', null],
    ['that has not arrived', sold()],
    ['of another order', sold({ seq: 2, deliveredAt: startsAt })],
  ])('%s blocks the release; it is checked again an hour later', (_what, ticket) => {
    expect(sale.review(order, ticket, late).set).toEqual({ dueAt: at(5 * DAY + HOUR) });
  });

  test('allows the release as soon as it is handed over', () => {
    const waiting = apply(order, sale.review(order, null, late));
    const told = apply(waiting, sale.follow(waiting, sold({ deliveredAt: startsAt }), at(5), terms));
    expect(told.dueAt).toEqual(at(4 * DAY));
    expect(sale.follow(told, sold({ deliveredAt: startsAt }), at(5), terms)).toBeUndefined();
    expect(sale.review(told, sold({ deliveredAt: startsAt }), late).subject).toBe('order:released');
  });

  test('sets its deadline, and then when it was handed over', () => {
    const deliverBy = at(DAY).toISOString();
    const due = apply(order, sale.follow(order, sold({ deliverBy }), at(5), terms));
    expect(due.deliverBy).toEqual(at(DAY));
    expect(sale.follow(due, sold({ deliverBy }), at(5), terms)).toBeUndefined();
    const there = apply(due, sale.follow(due, sold({ deliveredAt: at(HOUR).toISOString() }), at(5), terms));
    expect(there).toMatchObject({ deliveredAt: at(HOUR), deliverBy: null });
    expect(sale.follow(there, sold({ deliverBy }), at(5), terms)).toBeUndefined();
  });

  test('is recorded even if it arrived before the sale; an unpromised one only if it came after', () => {
    const [before, later] = [new Date(start.getTime() - 1), at(1)].map((time) =>
      sold({ deliveredAt: time.toISOString() }),
    );
    const told = (delivery: 'now' | 'later' | null, copy = before) =>
      sale.follow(complete({ delivery }), copy!, at(5), terms)?.set.deliveredAt;
    expect(told('later')).toEqual(new Date(start.getTime() - 1));
    expect(told('now')).toBeUndefined();
    expect(told(null)).toBeUndefined();
    expect(told(null, later)).toEqual(at(1));
  });

  test('that misses its deadline refunds the sale, whether reported or found', () => {
    const missed = sold({ missedAt: startsAt });
    for (const decision of [sale.follow(order, missed, at(5), terms), sale.review(order, missed, at(5))])
      expect(decision).toEqual({
        set: { status: 'refunded', reason: 'not-delivered', refundedAt: at(5), dueAt: null },
        subject: 'order:refunded',
      });
    expect(sale.follow(order, { ...missed, seq: 2 }, at(5), terms)).toBeUndefined();
    expect(sale.follow(claim(order), missed, at(5), terms)?.set.claim?.status).toBe('refund');
  });
});

describe('a claim', () => {
  test('is made once; repeating it changes nothing', () => {
    const claimed = claim(complete());
    expect(claimed).toMatchObject({
      status: 'complete',
      claim: { ...input, status: 'open', openedAt: at(1), answerBy: at(72 * HOUR + 1), answer: null },
      dueAt: at(72 * HOUR + 1),
    });
    expect(sale.claim(claimed, input, at(2), terms)).toBeUndefined();
    expect(() => sale.claim(claimed, { ...input, text: 'And more' }, at(2), terms)).toThrow(refused('claim-exists'));
  });

  test.each(['created', 'awaiting:payment', 'cancelled'] as const)('is refused for an order that is %s', (status) => {
    expect(() => claim({ ...paid(), status })).toThrow(refused('order-not-complete'));
  });

  test('is refused for a released or refunded order', () => {
    expect(() => claim({ ...complete(), releasedAt: at(1) })).toThrow(refused('order-released'));
    expect(() => claim(apply(complete(), sale.giveBack(complete(), at(5))))).toThrow(refused('order-refunded'));
  });

  test('prevents the release until the deadline to answer; then the buyer is refunded', () => {
    const claimed = claim(complete({ startsAt }), at(4 * DAY - 1));
    const { answerBy } = claimed.claim!;
    expect(sale.review(claimed, null, at(5 * DAY))).toEqual({ set: { dueAt: answerBy } });
    expect(sale.review(claimed, null, answerBy)).toEqual({
      set: {
        status: 'refunded',
        reason: 'claim',
        refundedAt: answerBy,
        dueAt: null,
        claim: { ...claimed.claim, status: 'refund', decidedAt: answerBy },
      },
      subject: 'order:refunded',
    });
  });

  test('is answered once and in time, and then waits for a person, however long', () => {
    const claimed = claim(complete());
    const answered = answer(claimed);
    expect(answered).toMatchObject({
      claim: { status: 'answered', answer: 'It was open', answeredAt: at(2) },
      dueAt: null,
    });
    expect(sale.review(answered, null, at(99 * DAY))).toEqual({ set: { dueAt: null } });
    expect(sale.answer(answered, 'It was open', at(3))).toBeUndefined();
    expect(() => sale.answer(answered, 'No', at(3))).toThrow(refused('claim-closed'));
    expect(() => sale.answer(claimed, 'Late', claimed.claim!.answerBy)).toThrow(refused('claim-closed'));
    expect(() => sale.answer(complete(), 'To what?', at(3))).toThrow(refused('claim-not-found'));
  });

  test('is decided once, with a name and a reason', () => {
    for (const claimed of [claim(complete()), answer(claim(complete()))]) {
      const refunded = decide(claimed, 'refund');
      expect(refunded).toMatchObject({
        status: 'refunded',
        reason: 'claim',
        claim: { status: 'refund', decidedAt: at(3) },
        dueAt: null,
      });
      const dismissed = decide(claimed, 'pay');
      expect(dismissed).toMatchObject({
        status: 'complete',
        claim: { status: 'pay', decidedAt: at(3) },
        dueAt: at(14 * DAY),
      });
      for (const [order, same, other] of [
        [refunded, 'refund', 'pay'],
        [dismissed, 'pay', 'refund'],
      ] as const) {
        expect(order.history).toEqual([ruling(same)]);
        expect(sale.decide(order, ruling(same, 'once more'))).toBeUndefined();
        expect(() => sale.decide(order, ruling(other))).toThrow(refused('claim-closed'));
      }
    }
    expect(() => decide(complete(), 'pay')).toThrow(refused('claim-not-found'));
  });

  test('if dismissed, lets the sale be released at its time, or at once if that has passed', () => {
    const dismissed = decide(claim(complete({ startsAt })), 'pay');
    expect(sale.review(dismissed, null, at(4 * DAY)).subject).toBe('order:released');
    const old = { ...dismissed, releaseAt: undefined };
    expect(sale.review(old, null, at(5)).subject).toBe('order:released');
  });
});

test('its seller may refund until the release, which also settles a claim', () => {
  expect(sale.giveBack(complete(), at(5))?.set).toEqual({
    status: 'refunded',
    reason: 'seller',
    refundedAt: at(5),
    dueAt: null,
  });
  expect(sale.giveBack(answer(claim(complete())), at(5))?.set.claim?.status).toBe('refund');
  expect(sale.giveBack(decide(claim(complete()), 'pay'), at(5))?.set).not.toHaveProperty('claim');
  expect(sale.giveBack(apply(complete(), sale.giveBack(complete(), at(5))), at(6))).toBeUndefined();
  expect(() => sale.giveBack({ ...complete(), releasedAt: at(1) }, at(5))).toThrow(refused('order-released'));
  expect(() => sale.giveBack(paid(), at(5))).toThrow(refused('order-not-complete'));
});

test('only its seller sees a sale', () => {
  expect(sale.own(complete(), 'seller')).toEqual(complete());
  expect(() => sale.own(complete(), 'buyer')).toThrow(refused('order-not-yours'));
  expect(() => sale.own(null, 'seller')).toThrow(refused('order-not-found'));
});

test('money returned by payments makes it refunded with the cause, even after the release', () => {
  const released = { ...complete(), releasedAt: at(1) };
  for (const order of [paid(), complete(), claim(complete()), released]) {
    expect(refunds.refund(order, 'dispute', at(5))?.set).toMatchObject({ status: 'refunded', reason: 'dispute' });
    expect(refunds.refund(order, null, at(5))?.set).toMatchObject({ status: 'refunded', reason: 'dashboard' });
  }
  expect(refunds.failPayment(complete(), 'dispute', at(5))?.set.reason).toBe('dispute');
});

/** Whatever people, payments, tickets and time may do to a sale. */
type Act = (order: domain.Order, now: Date) => domain.Decision | undefined;
const time = fc.option(fc.nat(30 * DAY).map((passed) => at(passed).toISOString()));
const act = fc.oneof(
  fc.constant<Act>((order, now) => sale.complete(order, now, terms)),
  fc.constantFrom('one', 'other').map<Act>((text) => (order, now) => sale.claim(order, { ...input, text }, now, terms)),
  fc.constantFrom('yes', 'no').map<Act>((text) => (order, now) => sale.answer(order, text, now)),
  fc.constant<Act>((order, now) => sale.giveBack(order, now)),
  fc
    .constantFrom('refund' as const, 'pay' as const)
    .map<Act>((verdict) => (order, now) => sale.decide(order, { ...ruling(verdict), at: now })),
  fc
    .record({
      seq: fc.constantFrom(1, 1, 1, 2),
      deliveredAt: time,
      deliverBy: time,
      missedAt: fc.constantFrom(null, null, startsAt),
      readAt: time,
    })
    .chain((copy) =>
      fc.constantFrom<Act>(
        (order, now) => sale.follow(order, sold(copy), now, terms),
        (order, now) => sale.review(order, sold(copy), now),
      ),
    ),
  fc.constant<Act>((order, now) => sale.review(order, sold({ deliveredAt: startsAt }), now)),
  fc.constant<Act>((order, now) => sale.review(order, null, now)),
  fc.constantFrom<(RefundReason | null)[]>('dispute', 'dashboard', null).chain((cause) =>
    fc.constantFrom<Act>(
      (order, now) => refunds.refund(order, cause, now),
      (order, now) => refunds.failPayment(order, cause, now),
    ),
  ),
);
const step = fc.record({ act, passed: fc.oneof(fc.nat(HOUR), fc.nat(6 * DAY)) });

test('in any order of events, claim and release exclude each other, and a refund is final and has a reason', () => {
  const details = fc.record({
    startsAt: fc.constantFrom(null, startsAt),
    delivery: fc.constantFrom(null, 'later' as const),
  });
  const reached = new Set<string>();
  fc.assert(
    fc.property(details, fc.boolean(), fc.array(step, { maxLength: 25 }), (about, fromStart, steps) => {
      let order = fromStart ? paid(about) : complete(about);
      let now = 0;
      for (const { act: decideNext, passed } of steps) {
        now += passed;
        const before = order;
        try {
          order = apply(before, decideNext(before, at(now)));
        } catch (error) {
          expect((error as { code?: string }).code).toMatch(/^(claim|order)-/);
        }
        const undecided = ['open', 'answered'].includes(order.claim?.status ?? '');
        expect(undecided && order.releasedAt !== undefined && order.status === 'complete').toBe(false);
        if (before.releasedAt) expect([order.releasedAt, order.claim]).toEqual([before.releasedAt, before.claim]);
        else if (order.releasedAt) expect([undefined, 'pay']).toContain(before.claim?.status);
        if (before.status === 'refunded')
          expect({ ...order, dueAt: null, isReturned: before.isReturned }).toEqual(before);
        expect(order.status === 'refunded').toBe(order.reason !== null && order.reason !== 'payment-failed');
        if (before.claim)
          expect(order.claim).toMatchObject({ ...input, text: before.claim.text, openedAt: before.claim.openedAt });
        // Sales that only time can end are found by the sweep.
        if (order.status === 'complete' && !order.releasedAt && order.claim?.status !== 'answered')
          expect(order.dueAt).toBeInstanceOf(Date);
        else if (order.status === 'refunded') expect(undecided).toBe(false);
        reached.add(`${order.status} ${order.claim?.status} ${Boolean(order.releasedAt)}`);
      }
    }),
    { numRuns: 2_000 },
  );
  for (const state of [
    'complete open false',
    'complete answered false',
    'complete pay true',
    'complete undefined true',
    'refunded refund false',
    'refunded undefined true',
  ])
    expect(reached).toContain(state);
});
