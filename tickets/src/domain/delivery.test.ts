import { noDetails } from '../testing/listing';
import * as domain from './delivery';
import { seatKeys } from './seats';
import { FOREVER } from './search';

const [HOUR, DAY] = [3_600_000, 86_400_000];
const now = new Date('2026-01-01T00:00:00Z');
const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const refused = (code: string) => expect.objectContaining({ code }) as Error;

const listing: domain.Deliverable = {
  title: 'Concert',
  price: 2_000,
  ...noDetails,
  delivery: 'later',
  userId: 'seller',
  status: 'available',
  sellsUntil: FOREVER,
  heldUntil: null,
  edition: 0,
  withdrawing: false,
};
const content: domain.Content = { fileId: 'file', type: 'pdf', isScanned: true, keys: ['content x', 'code y'] };
const deliver = (ticket: domain.Deliverable, fileId = 'file') => ({
  ...ticket,
  ...domain.deliver(ticket, 'seller', { ...content, fileId }, now),
});
const sold = (ticket: domain.Deliverable, soldAt = now) => ({
  ...ticket,
  ...domain.sold(ticket, 'buyer', soldAt, DAY),
  status: 'sold' as const,
  sellsUntil: null,
});
const there = deliver(listing);

describe('a seller hands over', () => {
  test('content, with its keys and its seat’s', () => {
    const seated = { ...listing, startsAt: at(DAY), venue: 'Hall', city: 'Bonn', section: 'A', row: '1', seat: '2' };
    expect(domain.deliver(seated, 'seller', content, now)).toEqual({
      delivered: { fileId: 'file', type: 'pdf', isScanned: true },
      deliveredAt: now,
      deliverBy: null,
      uniqueKeys: [...seatKeys(seated), 'content x', 'code y'],
      sellsUntil: at(DAY),
    });
  });

  test('other content, as another edition', () => {
    expect(there.edition).toBe(0);
    expect(deliver(there, 'another').edition).toBe(1);
  });

  test('what is owed, even while held and after the sale', () => {
    expect(deliver({ ...listing, status: 'held', heldUntil: at(1) })).toMatchObject({ edition: 0, deliveredAt: now });
    const late = deliver(sold(listing));
    expect(late).toMatchObject({ deliveredAt: now, deliverBy: null, sellsUntil: null, edition: 0 });
  });

  test.each<[string, domain.Deliverable | null, string]>([
    ['ticket-not-found', null, 'seller'],
    ['listing-not-yours', listing, 'someone'],
    ['listing-withdrawn', { ...listing, status: 'withdrawn' }, 'seller'],
    ['listing-withdrawn', { ...listing, status: 'held', withdrawing: true }, 'seller'],
    ['listing-held', { ...there, status: 'held', heldUntil: at(1) }, 'seller'],
    ['delivery-final', sold(there), 'seller'],
    ['delivery-missed', { ...sold(listing), missedAt: now }, 'seller'],
    ['delivery-void', { ...sold(listing), isVoid: true }, 'seller'],
  ])('nothing: %s', (code, ticket, caller) => {
    expect(() => domain.deliver(ticket, caller, content, now)).toThrow(refused(code));
  });
});

describe('a promise', () => {
  test('that is unfulfilled can be sold until three hours before the event', () => {
    const startsAt = at(DAY);
    expect(domain.soldUntil({ startsAt, delivery: 'later' })).toEqual(at(DAY - 3 * HOUR));
    expect(domain.soldUntil({ startsAt, delivery: 'later', deliveredAt: now })).toEqual(startsAt);
    expect(domain.soldUntil({ startsAt, delivery: null })).toEqual(startsAt);
    expect(domain.soldUntil({ startsAt: null, delivery: 'later' })).toEqual(FOREVER);
  });

  test('is due a day after its sale, at the latest two hours before its event', () => {
    expect(sold(listing).deliverBy).toEqual(at(DAY));
    expect(sold({ ...listing, startsAt: at(20 * HOUR) }).deliverBy).toEqual(at(18 * HOUR));
  });

  test('keeps its deadline when the sale is published again', () => {
    expect(sold(sold(listing), at(HOUR)).deliverBy).toEqual(at(DAY));
  });

  test('that was never made or is fulfilled has no deadline', () => {
    expect(sold({ ...listing, delivery: null }).deliverBy).toBeUndefined();
    expect(sold(there).deliverBy).toBeNull();
    expect(sold({ ...listing, missedAt: now }).deliverBy).toBeUndefined();
  });

  test('is missed once its deadline has passed', () => {
    expect(domain.miss(sold(listing), at(DAY - 1))).toBeUndefined();
    expect(domain.miss(sold(listing), at(DAY))).toEqual({ missedAt: at(DAY), deliverBy: null });
    expect(domain.miss(deliver(sold(listing)), at(2 * DAY))).toBeUndefined();
  });
});

test('content can be read by its seller, and by the buyer once sold, unless the sale was refunded', () => {
  expect(domain.readerOf(listing, 'seller')).toBeUndefined();
  expect(domain.readerOf(there, 'seller')).toBe('seller');
  expect(domain.readerOf({ ...there, buyerId: 'buyer', status: 'held' }, 'buyer')).toBeUndefined();
  expect(domain.readerOf(sold(there), 'buyer')).toBe('buyer');
  expect(domain.readerOf(sold(there), 'someone')).toBeUndefined();
  for (const caller of ['seller', 'buyer'])
    expect(domain.readerOf({ ...sold(there), isVoid: true }, caller)).toBeUndefined();
});

test("an edit changes the seat's key, and keeps those of the content", () => {
  const edited = { ...listing, startsAt: now, venue: 'Hall', city: 'Bonn', section: 'A', row: '1', seat: '3' };
  expect(domain.rekeyed(there, edited)).toEqual([...seatKeys(edited), 'content x', 'code y']);
});

describe('a file is kept', () => {
  const until = (ticket: Partial<domain.Deliverable> | null, time: Date) => domain.keptUntil(ticket, 'file', time);
  const startsAt = at(10 * DAY);

  test('as long as its listing uses it', () => {
    expect(until(null, now)).toBeUndefined();
    expect(until(deliver(there, 'another'), now)).toBeUndefined();
    expect(until(there, now)).toEqual(at(DAY));
    expect(until({ ...there, status: 'held' }, at(1_000 * DAY))).toEqual(at(1_001 * DAY));
  });

  test.each<[string, Partial<domain.Deliverable>, number]>([
    ['30 days after it was withdrawn', { status: 'withdrawn', endedAt: at(2 * DAY) }, 32],
    ['a year after its event if it was sold', { status: 'sold', endedAt: now, startsAt }, 375],
    ['a year after the sale if there is no date', { status: 'sold', endedAt: at(2 * DAY) }, 367],
    ['30 days after its event if nobody bought it', { status: 'available', startsAt }, 40],
  ])('%s', (_when, changes, days) => {
    const ticket = { ...there, ...changes };
    expect(until(ticket, at(days * DAY - 1))).toEqual(at(days * DAY));
    expect(until(ticket, at(days * DAY))).toBeUndefined();
  });
});

describe('an order number on several tickets', () => {
  const file = { ...content, keys: ['content 2', 'code two'], sharedKeys: ['code order'] };
  const first = { uniqueKeys: ['seat x', 'content 1', 'code one', 'code order'] };

  test("stays with the seller's listing that has it, if that also has its own code", () => {
    expect(domain.keysBeside(file, [first])).toEqual(['content 2', 'code two']);
    expect(domain.keysBeside(file, [])).toEqual(['content 2', 'code two', 'code order']);
  });

  test('counts if it is the only code of a file: the ticket may be the same', () => {
    const bare = { uniqueKeys: ['content 1', 'code order'] };
    expect(domain.keysBeside(file, [bare])).toContain('code order');
  });
});
