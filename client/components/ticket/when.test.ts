import { en } from '@/texts/en';
import { seatOf, unnamed } from './when';

const seat = (row: string, seat: string) => seatOf({ section: 'Block A', row, seat }, en.ticket);

it('names row and seat, once', () => {
  expect(seat('7', '12')).toBe('Block A, row 7, seat 12');
  expect(seat('Reihe 7', 'Seat 12')).toBe('Block A, Reihe 7, Seat 12');
});

it.each([
  ['Row 7', 'row', '7'],
  ['reihe: 7', 'row', '7'],
  ['seat 12', 'seat', '12'],
  ['Sitzplatz 12', 'seat', '12'],
  ['12', 'seat', '12'],
  ['Row', 'row', 'Row'],
  ['Rowland', 'row', 'Rowland'],
] as const)('under a label, "%s" as a %s is "%s"', (value, name, shown) => {
  expect(unnamed(value, name)).toBe(shown);
});
