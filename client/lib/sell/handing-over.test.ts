import { canHandOver, deliveryState, problemOfTransfer, scanOf, toTransfer } from './handing-over';

const at = '2026-11-26T12:00:00.000Z';
const listed = {
  status: 'available',
  delivery: 'later',
  deliveredAt: null,
  deliverBy: null,
  missedAt: null,
  readAt: null,
  isRefunded: false,
} as const;
const sold = { ...listed, status: 'sold', deliverBy: at } as const;
const given = { ...sold, deliverBy: null, deliveredAt: at } as const;

it.each([
  ['arranged', { ...listed, delivery: null }, true],
  ['promised', listed, true],
  ['promised', { ...listed, delivery: 'now' }, true],
  ['promised', { ...listed, status: 'held' }, true],
  ['due', sold, true],
  ['missed', { ...sold, deliverBy: null, missedAt: at }, false],
  ['missed', { ...sold, deliverBy: null, missedAt: at, isRefunded: true }, false],
  ['refunded', { ...given, readAt: at, isRefunded: true }, false],
  ['refunded', { ...sold, deliverBy: null, isRefunded: true }, false],
  ['there', { ...listed, deliveredAt: at }, true],
  ['there', { ...listed, deliveredAt: at, status: 'held' }, false],
  ['given', given, false],
  ['opened', { ...given, readAt: at }, false],
  ['arranged', { ...listed, delivery: null, status: 'withdrawn' }, false],
] as const)('a delivery is %s', (state, ticket, isOpen) => {
  expect(deliveryState(ticket)).toBe(state);
  expect(canHandOver(ticket)).toBe(isOpen);
});

it('reports barcodes for files only', () => {
  expect(scanOf({ deliveredAt: at, isScanned: true })).toBe('barcode');
  expect(scanOf({ deliveredAt: at, isScanned: false })).toBe('noBarcode');
  expect(scanOf({ deliveredAt: at, isScanned: null })).toBeUndefined();
  expect(scanOf({ deliveredAt: null, isScanned: null })).toBeUndefined();
});

it('reads a transfer as typed', () => {
  expect(toTransfer({ url: ' https://example.com/t ', code: ' ', title: 'Norma' })).toEqual({
    transfer: { url: 'https://example.com/t', code: null, note: null },
  });
});

it.each([
  [{}, 'transfer-empty'],
  [{ url: ' ' }, 'transfer-empty'],
  [{ note: 'Ask for Eve' }, undefined],
  [{ url: 'http://example.com' }, 'transfer-url'],
  [{ url: 'javascript:alert(1)', code: '1' }, 'transfer-url'],
  [{ url: 'https://bank.com@example.com' }, 'transfer-url'],
  [{ url: 'https://localhost/x' }, 'transfer-url'],
  [{ url: 'https://example.com' }, undefined],
])('says what is wrong with a transfer: %j', (values, problem) => {
  expect(problemOfTransfer(values as Record<string, string>)).toBe(problem);
});
