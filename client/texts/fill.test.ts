import { countOf, fill } from './fill';

it('fills placeholders, and leaves unknown ones', () => {
  expect(fill('{a} and {b}, {a}', { a: 1, b: 'two' })).toBe('1 and two, 1');
  expect(fill('{unknown}', {})).toBe('{unknown}');
});

it('counts', () => {
  const tickets = { one: 'one ticket', other: '{count} tickets' };
  expect([1, 0, 1234].map((count) => countOf(tickets, count, 'de-DE'))).toEqual([
    'one ticket',
    '0 tickets',
    '1.234 tickets',
  ]);
});

it('keeps a right-to-left text from reversing the words around it', () => {
  const title = 'حفلة (2027)';
  expect(fill('“{title}” is for sale', { title })).toBe(`“\u2068${title}\u2069” is for sale`);
  expect(fill('“{title}” is for sale', { title: 'Ünïcode ☔ 2027' })).toBe('“Ünïcode ☔ 2027” is for sale');
});
