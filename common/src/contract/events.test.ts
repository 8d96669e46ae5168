import fc from 'fast-check';
import { anEvent, newId } from '../testing';
import { EventDetails } from './listing';
import { parseEvent, subjects, type OrderData, type Subject } from './events';

const order: OrderData = {
  id: newId(),
  userId: newId(),
  status: 'created',
  reason: null,
  expiresAt: '2026-11-21T12:00:00.000Z',
  seq: 1,
  ticket: {
    id: newId(),
    title: 'A concert',
    description: null,
    price: 2_000,
    userId: newId(),
    edition: 0,
    ...EventDetails.parse({}),
  },
};
const event = anEvent('order:created', 0, order);
const read = (changes: object, data: object = {}) =>
  parseEvent('order:created', JSON.stringify({ ...event, data: { ...order, ...data }, ...changes }));

test('an event survives the wire', () => {
  expect(parseEvent('order:created', JSON.stringify(event))).toEqual(event);
});

test('what a later version adds is left out, so that it may add', () => {
  expect(read({ signature: 'x' }, { discount: 5 })).toEqual(event);
});

test.each(['id', 'subject', 'aggregateId', 'version', 'occurredAt', 'trace', 'data'])(
  'an envelope without %s is refused',
  (field) => {
    expect(() => read({ [field]: undefined })).toThrow();
  },
);

test.each(Object.keys(order))('an order without %s is refused by that name', (field) => {
  expect(() => read({}, { [field]: undefined })).toThrow(field);
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
])('%s is refused', (_case, changes, data) => {
  expect(() => read(changes, data)).toThrow();
});

test('no text crashes the reader otherwise than by an error, whatever the subject', () => {
  const names = fc.constantFrom(...(Object.keys(subjects) as Subject[]));
  fc.assert(
    fc.property(names, fc.oneof(fc.string(), fc.json()), (subject, text) => {
      expect(() => parseEvent(subject, text)).toThrow(Error);
    }),
  );
});
