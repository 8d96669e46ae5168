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
  'an envelope without %s is refused',
  (field) => {
    expect(() => read({ [field]: undefined })).toThrow();
  },
);

/** Unknown to those who published before they existed. */
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
  'an order without %s is refused by that name',
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
  ['a version that is no integer', { version: 1.5 }, {}],
  ['an aggregate that is no id', { aggregateId: '../etc' }, {}],
  ['a time without a zone', { occurredAt: '2026-11-21T12:00:00' }, {}],
  ['an unknown status', {}, { status: 'lost' }],
  ['an unknown reason', {}, { reason: 'mood' }],
  ['a place below 1', {}, { seq: 0 }],
  ['a price of fractions', {}, { ticket: { ...order.ticket, price: 0.5 } }],
  ['an operator for an id', {}, { userId: { $ne: null } }],
])('rejects %s', (_case, changes, data) => {
  expect(() => read(changes, data)).toThrow();
});

test('no text makes the parser fail except by throwing, whatever the subject', () => {
  const names = fc.constantFrom(...(Object.keys(subjects) as Subject[]));
  fc.assert(
    fc.property(names, fc.oneof(fc.string(), fc.json()), (subject, text) => {
      expect(() => parseEvent(subject, text)).toThrow(Error);
    }),
  );
});
