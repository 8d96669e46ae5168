import type { TicketBody } from '@ticketing/common';
import { anEvent, aTicket, newId } from '@ticketing/common/testing';
import { fromId, History, SUBJECTS, toId, type Position } from './liveHistory';

const [one, two] = [newId(), newId()];

/** A history that sees events; each subject counts from 1. */
function start() {
  const history = new History();
  const last = { 'ticket:created': 0, 'ticket:updated': 0 };
  /** The marks of what was heard first, in its order. */
  const marks: string[] = [];
  const see = (id: string, version: number, { gap = false } = {}) => {
    const subject = version === 0 ? ('ticket:created' as const) : ('ticket:updated' as const);
    last[subject] += gap ? 11 : 1;
    const event = anEvent(subject, version, aTicket({ id }));
    marks.push(event.id.slice(0, 8));
    history.see(subject, { sequence: last[subject], text: JSON.stringify(event), gap });
  };
  /** NATS has lost what it stored, and counts anew. */
  const reset = () => SUBJECTS.forEach((subject) => (last[subject] = 0));
  return { history, see, reset, marks };
}
const versions = (changes: { ticketId: string; version: number }[] | undefined) =>
  changes?.map(({ ticketId, version }) => [ticketId, version]);
const read = (history: History) => versions(history.read().changes);

test('a change is told as the listing that the API shows', () => {
  const { history, see } = start();
  see(one, 0);
  const [change] = history.read().changes;
  expect(change?.text).toMatch(/^event: ticket\nid: ticket:created=1\.[0-9a-f]{8}\ndata: /);
  const body = JSON.parse(change?.text.split('data: ')[1] ?? '') as TicketBody;
  expect(body).toEqual({ ...aTicket({ id: one }), userId: body.userId, price: 20.5, version: 0, seq: undefined });
  expect(Object.keys(body)).not.toContain('seq');
});

test('of a listing only what is newer is told, and of several changes at once the newest', () => {
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

test('what somebody missed is known by where they were, in both subjects', () => {
  const { history, see } = start();
  see(one, 0);
  see(two, 0);
  history.read();
  const before = toId(history.position);
  see(two, 1);
  see(one, 1);
  see(one, 2);
  history.read();
  expect(versions(history.since(fromId(before) ?? {}))).toEqual([
    [two, 1],
    [one, 2],
  ]);
  expect(history.since(history.position)).toEqual([]);
});

test('where somebody was whom this replica has not caught up with, nothing is vouched for', () => {
  const { history, see } = start();
  see(one, 0);
  history.read();
  const ahead: Position = { ...history.position, 'ticket:updated': { sequence: 5, mark: '12345678' } };
  expect(history.since(ahead)).toBeUndefined();
});

test('after NATS has begun to count anew, nobody who was at an old place is told that nothing was missed', () => {
  const { history, see, reset } = start();
  for (let version = 0; version < 4; version++) see(one, version);
  history.read();
  const places = [{ ...history.position }];
  reset();
  see(two, 1);
  expect(history.read()).toMatchObject({ missed: true, changes: [{ ticketId: two }] });
  for (let version = 2; version < 9; version++) {
    places.push({ ...history.position });
    see(two, version);
    history.read();
    expect(history.since(places[0] ?? {})).toBeUndefined();
  }
  const [, ...later] = places;
  for (const place of later) expect(versions(history.since(place))).toEqual([[two, 8]]);

  const other = start();
  for (let version = 0; version < 9; version++) other.see(two, version);
  other.history.read();
  expect(other.history.since(places[0] ?? {})).toBeUndefined();
});

test('after a gap nothing from before it is vouched for', () => {
  const { history, see } = start();
  see(one, 0);
  see(two, 0);
  expect(history.read().missed).toBe(false);
  const before = { ...history.position };
  see(one, 1, { gap: true });
  const { changes, missed } = history.read();
  expect([versions(changes), missed]).toEqual([[[one, 1]], true]);
  expect(history.since(before)).toBeUndefined();
  expect(history.read().missed).toBe(false);
});

test.each([
  ['unread', () => undefined],
  ['read', (history: History) => void history.read()],
])('it is bounded: the oldest is forgotten, and no one is told that nothing was missed (%s)', (_how, after) => {
  const { history, see, marks } = start();
  for (let count = 0; count < 3_000; count++) {
    see(newId(), 0);
    after(history);
  }
  history.read();
  const at = (sequence: number) => ({ 'ticket:created': { sequence, mark: marks[sequence - 1] ?? '' } });
  expect(history.since(at(999))).toBeUndefined();
  expect(history.since(at(1_001))).toHaveLength(1_999);
});

test('what cannot be understood is passed over', () => {
  const { history, see } = start();
  let sequence = 0;
  for (const text of [
    '',
    '{',
    'null',
    '[]',
    JSON.stringify({ ...anEvent('ticket:created', 0, aTicket({ id: one })), data: {} }),
  ])
    history.see('ticket:created', { sequence: ++sequence, text, gap: false });
  see(two, 1);
  expect(read(history)).toEqual([[two, 1]]);
});

test('a place says what it is, and knows nothing of subjects that it does not name', () => {
  const place = { 'ticket:updated': { sequence: 7, mark: '3fa90c1e' } };
  expect(toId(place)).toBe('ticket:updated=7.3fa90c1e');
  expect(fromId(`${toId(place)},ticket:moved=3.aaaaaaaa`)).toEqual(place);
  expect(fromId(toId({}))).toEqual({});
});

test.each([
  '',
  '1',
  '1.2',
  'ticket:created=',
  'ticket:created=1',
  'ticket:created=-1.aa',
  'ticket:created=1.aa,',
  'ticket:created=1e3.aa',
])('%p is no position', (id) => {
  expect(fromId(id)).toBeUndefined();
});
