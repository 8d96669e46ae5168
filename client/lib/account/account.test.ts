import { looksLikeEmail, passwordFits } from './account';

it.each(['ann@example.com', ' ann@example.com ', 'a.b+c@d.e.museum'])('"%s" may be an address', (text) => {
  expect(looksLikeEmail(text)).toBe(true);
});

it.each(['', 'ann', 'ann@', '@example.com', 'ann@example', 'ann@example.', 'a b@example.com', 'a@b@c.de'])(
  '"%s" is none',
  (text) => {
    expect(looksLikeEmail(text)).toBe(false);
  },
);

it('accepts passwords of 8 to 128 characters', () => {
  expect([7, 8, 128, 129].map((length) => passwordFits('x'.repeat(length)))).toEqual([false, true, true, false]);
});
