import { TicketBody } from '@ticketing/common';
import { anEvent, aTicket, newId } from '@ticketing/common/testing';
import { fromId, History, START, toId } from './liveHistory';

const [one, two] = [newId(), newId()];

/** A history that has seen events; each subject counts from 1. */
function start() {
  const history = new History();
  const last = { ...START };
  const see = (id: string, version: number, { gap = false } = {}) => {
    const subject = version === 0 ? ('ticket:created' as const) : ('ticket:updated' as const);
    last[subject] += gap ? 11 : 1;
    history.see(subject, {
      sequence: last[subject],
      text: JSON.stringify(anEvent(subject, version, aTicket({ id }))),
      gap,
    });
  };
  return { history, see };
}
const versions = (changes: { ticketId: string; version: number }[] | undefined) =>
  changes?.map(({ ticketId, version }) => [ticketId, version]);
const read = (history: History) => versions(history.read().changes);

test('a change is sent as the API shows the listing', () => {
  const { history, see } = start();
  see(one, 0);
  const [change] = history.read().changes;
  expect(change?.text).toMatch(/^event: ticket\nid: ticket:created=1,ticket:updated=0\ndata: /);
  const body = JSON.parse(change?.text.split('data: ')[1] ?? '') as TicketBody;
  const forAll = TicketBody.omit({ review: true, withdrawnFor: true });
  expect(Object.keys(body).sort()).toEqual(Object.keys(forAll.shape).sort());
  expect({ ...aTicket({ id: one }), userId: body.userId, price: 20.5, version: 0, isRefunded: false }).toMatchObject(
    body,
  );
});

test('a public stream does not reveal how a delivery went', () => {
  const history = new History();
  const time = new Date().toISOString();
  const ticket = aTicket({ id: one, deliveredAt: time, deliverBy: time, missedAt: time, readAt: time });
  history.see('ticket:updated', {
    sequence: 1,
    text: JSON.stringify(anEvent('ticket:updated', 1, ticket)),
    gap: false,
  });
  const body = JSON.parse(history.read().changes[0]?.text.split('data: ')[1] ?? '') as TicketBody;
  expect(body).toMatchObject({ deliveredAt: time, deliverBy: null, missedAt: null, readAt: null });
});

test('sends only newer states of a listing, and of several changes at once the newest', () => {
  const { history, see } = start();
  for (const version of [0, 2, 1, 3]) see(one, version);
  see(two, 0);
  expect(read(history)).toEqual([
    [one, 3],
    [two, 0],
  ]);
  for (const version of [2, 3]) see(one, version);
  expect(read(history)).toEqual([]);
  see(one, 4);
  expect(read(history)).toEqual([[one, 4]]);
});

test('knows what a reader missed by their position, in both subjects', () => {
  const { history, see } = start();
  see(one, 0);
  see(two, 0);
  history.read();
  const before = toId(history.position);
  expect(before).toBe('ticket:created=2,ticket:updated=0');
  see(two, 1);
  see(one, 1);
  see(one, 2);
  history.read();
  expect(versions(history.since(fromId(before) ?? START))).toEqual([
    [two, 1],
    [one, 2],
  ]);
  expect(versions(history.since({ 'ticket:created': 1, 'ticket:updated': 1 }))).toEqual([[one, 2]]);
  expect(history.since(history.position)).toEqual([]);
});

test('a replica that is behind does not repeat what the reader has seen', () => {
  const { history, see } = start();
  see(one, 0);
  history.read();
  expect(history.since({ 'ticket:created': 3, 'ticket:updated': 5 })).toEqual([]);
  expect(history.since({ 'ticket:created': 1, 'ticket:updated': 70_000_000 })).toBeUndefined();
});

test('after a gap, nothing from before it counts', () => {
  const { history, see } = start();
  see(one, 0);
  see(two, 0);
  expect(history.read().missed).toBe(false);
  const before = { ...history.position };
  see(one, 1, { gap: true });
  const { changes, missed } = history.read();
  expect([versions(changes), missed]).toEqual([[[one, 1]], true]);
  expect(history.since(before)).toBeUndefined();
  expect(versions(history.since({ ...history.position, 'ticket:updated': 10 }))).toEqual([[one, 1]]);
  expect(history.read().missed).toBe(false);
});

test.each([
  ['unread', () => undefined],
  ['read', (history: History) => void history.read()],
])('is bounded: forgets the oldest, and never claims that nothing was missed (%s)', (_how, after) => {
  const { history, see } = start();
  for (let count = 0; count < 3_000; count++) {
    see(newId(), 0);
    after(history);
  }
  history.read();
  expect(history.since({ 'ticket:created': 999, 'ticket:updated': 0 })).toBeUndefined();
  expect(history.since({ 'ticket:created': 1_000, 'ticket:updated': 0 })).toHaveLength(2_000);
});

test('skips what cannot be parsed', () => {
  const { history, see } = start();
  for (const text of [
    '',
    '{',
    'null',
    '[]',
    JSON.stringify({ ...anEvent('ticket:created', 0, aTicket({ id: one })), data: {} }),
  ])
    history.see('ticket:created', { sequence: history.position['ticket:created'] + 1, text, gap: false });
  see(two, 1);
  expect(read(history)).toEqual([[two, 1]]);
});

test.each(['', '1', '1.', '1.2.3', '-1.2', '1e3.0', 'a.b', '1.99999999999999999999', ' 1.2'])(
  '%p is not a position',
  (id) => {
    expect(fromId(id)).toBeUndefined();
  },
);
