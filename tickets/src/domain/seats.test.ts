import { seatKeys } from './seats';

const seat = { venue: 'Große  Halle', city: 'KÖLN', section: 'A', row: '7', seat: '12' };
const startsAt = new Date('2030-01-01T19:30:00Z');
const keys = (details: object) => seatKeys({ ...seat, startsAt, ...details } as never);
const isSame = (details: object, other: object = {}) => keys(details).some((key) => keys(other).includes(key));

test.each<object>([
  { venue: 'grosse-halle ', city: 'Koln' },
  { seat: '12\u200b' },
  { seat: '1\u00ad2' },
  { seat: '１２' },
  { seat: 'Seat 012' },
  { row: 'Row 7.' },
  { row: 'reihe07' },
  { section: 'Block A' },
  { section: 'А' },
  { section: '«Α»' },
  { startsAt: new Date('2030-01-01T19:31:00Z') },
  { startsAt: new Date('2030-01-01T19:01:00Z') },
])('written as %j, it is the same seat', (details) => expect(isSame(details)).toBe(true));

test.each<object>([
  { seat: '13' },
  { seat: '120' },
  { seat: '1-2' },
  { row: 'No' },
  { section: 'Nord A' },
  { section: '★' },
  { startsAt: new Date('2030-01-01T20:30:00Z') },
  { startsAt: new Date('2030-01-01T18:30:00Z') },
])('with %j, it is a different one', (details) => expect(isSame(details)).toBe(false));

test('symbols and separators are distinguished', () => {
  expect(isSame({ section: '★' }, { section: '☆' })).toBe(false);
  expect(isSame({ section: 'A|1', row: '2' }, { section: 'A', row: '1|2' })).toBe(false);
});

test.each(['venue', 'city', 'section', 'row', 'seat', 'startsAt'])('without its %s it has no key', (missing) => {
  expect(keys({ [missing]: null })).toEqual([]);
});
