import fc from 'fast-check';
import { aHold, anEvent } from '../testing';
import { parseEvent } from './envelope';
import { subjects, type Subject } from './events';

const order = aHold();
const event = anEvent('order:created', 0, order);
const read = (changes: object, data: object = {}) =>
  parseEvent('order:created', JSON.stringify({ ...event, data: { ...order, ...data }, ...changes }));

test('an event survives serialization', () => {
  expect(parseEvent('order:created', JSON.stringify(event))).toEqual(event);
});

test('ignores fields added by later versions', () => {
  expect(read({ signature: 'x' }, { discount: 5 })).toEqual(event);
});

test.each(['id', 'subject', 'aggregateId', 'version', 'occurredAt', 'trace', 'data'])(
  'rejects an envelope without %s',
  (field) => {
    expect(() => read({ [field]: undefined })).toThrow();
  },
);

/** Missing from events published before these fields existed. */
const added = [
  'completedAt',
  'refundedAt',
  'deliverBy',
  'deliveredAt',
  'releaseAt',
  'releasedAt',
  'claim',
  'readAt',
  'usedAt',
];

test.each(Object.keys(order).filter((field) => !added.includes(field)))(
  'rejects an order without %s, by that name',
  (field) => {
    expect(() => read({}, { [field]: undefined })).toThrow(field);
  },
);

test.each(added)('accepts an order of an older version without %s', (field) => {
  expect(read({}, { [field]: undefined }).data).toMatchObject({ [field]: null });
});

test.each([
  ['another subject', { subject: 'order:cancelled' }, {}],
  ['a version below 0', { version: -1 }, {}],
  ['a version that is not an integer', { version: 1.5 }, {}],
  ['an aggregate id that is not an id', { aggregateId: '../etc' }, {}],
  ['a time without a zone', { occurredAt: '2026-11-21T12:00:00' }, {}],
  ['an unknown status', {}, { status: 'lost' }],
  ['an unknown reason', {}, { reason: 'mood' }],
  ['a seq below 1', {}, { seq: 0 }],
  ['a fractional price', {}, { ticket: { ...order.ticket, price: 0.5 } }],
  ['an operator as an id', {}, { userId: { $ne: null } }],
])('rejects %s', (_case, changes, data) => {
  expect(() => read(changes, data)).toThrow();
});

test('whatever the text and subject, the parser fails only by throwing', () => {
  const names = fc.constantFrom(...(Object.keys(subjects) as Subject[]));
  fc.assert(
    fc.property(names, fc.oneof(fc.string(), fc.json()), (subject, text) => {
      expect(() => parseEvent(subject, text)).toThrow(Error);
    }),
  );
});
