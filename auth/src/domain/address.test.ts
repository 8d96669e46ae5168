import { isProven, isVouched, vouch } from './address';

const USER = { email: 'ann@test.com', passwordHash: 'none', confirmedAt: null };
const AT = new Date('2026-01-01T12:00:00Z');

test.each(['somebody', undefined])('an address confirmed by the desk (%s) is not proven', (by) => {
  const confirmed = { ...USER, ...vouch(USER, by, AT) };
  expect(isVouched(confirmed)).toBe(true);
  expect(isProven(confirmed)).toBe(false);
});

test('an address confirmed before confirmedBy existed is neither proven nor known to be confirmed by the desk', () => {
  const confirmed = { ...USER, confirmedAt: AT };
  expect(isVouched(confirmed)).toBe(false);
  expect(isProven(confirmed)).toBe(false);
  expect(isProven({ ...confirmed, confirmedBy: null })).toBe(true);
});
