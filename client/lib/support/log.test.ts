import type { AuditBody } from '@ticketing/common/contract';
import { mergeLogs, readLogCursor } from './log';
import type { Service } from './services';

const entry = (number: number, minute: number): AuditBody => ({
  ...{ number, at: new Date(Date.UTC(2026, 10, 26, 12, minute)).toISOString(), by: 'a'.repeat(24), action: 'freeze' },
  ...{ target: 'b'.repeat(24), reason: 'why', trace: 't', refusal: null, hash: 'h' },
});

/** Each service's whole log, newest first: the minutes of its entries. */
const written: Record<Service, AuditBody[]> = {
  users: [entry(3, 50), entry(2, 30), entry(1, 10)],
  // One of its processes has a slow clock.
  orders: [entry(4, 20), entry(3, 45), entry(2, 40), entry(1, 5)],
  tickets: [],
  payments: [entry(1, 44)],
};

const read = (service: Service, before: number | undefined, limit: number) => {
  const left = written[service].filter(({ number }) => number < (before ?? Infinity));
  return { service, entries: left.slice(0, limit), hasMore: left.length > limit };
};

const services = Object.keys(written) as Service[];

test("pages of the merged log have every entry once, newest first, in each service's own order", () => {
  const seen: string[] = [];
  for (let cursor: string | undefined, page = 0; page === 0 || cursor; page++) {
    expect(page).toBeLessThan(10);
    const known = readLogCursor(cursor);
    const logs = services.map((service) => read(service, known[service], 2));
    const { entries, next } = mergeLogs(logs, known, 2);
    seen.push(...entries.map(({ service, number }) => `${service} ${number}`));
    cursor = next;
  }
  expect(seen).toEqual([
    ...['users 3', 'payments 1', 'users 2', 'orders 4', 'orders 3', 'orders 2', 'users 1', 'orders 1'],
  ]);
});

test('a service that did not respond continues where it was', () => {
  const cursor = readLogCursor('orders-4.users-9');
  const logs = [
    { service: 'orders' as const, entries: undefined, hasMore: false },
    { ...read('users', 9, 2), hasMore: true },
  ];
  expect(mergeLogs(logs, cursor, 1).next).toBe('users-3.orders-4');
});

test('invalid cursors are ignored', () => {
  expect(readLogCursor('orders-0.users--1.nobody-3.payments-12x.tickets-7')).toEqual({ tickets: 7 });
  expect(readLogCursor(undefined)).toEqual({});
});
