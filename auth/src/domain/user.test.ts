import fc from 'fast-check';
import { normalise, tooManyFailures } from './user';

test('an address is one whatever its case and the blanks around it', () => {
  fc.assert(
    fc.property(
      fc.emailAddress({ size: 'small' }),
      fc.string({ unit: fc.constantFrom(' ', '\t') }),
      (email, blanks) => {
        expect(normalise(blanks + email.toUpperCase() + blanks)).toBe(normalise(email));
        expect(normalise(normalise(email))).toBe(normalise(email));
      },
    ),
  );
});

test('too many failures say in minutes when to come back', () => {
  expect(tooManyFailures(61.2)).toMatchObject({
    status: 429,
    retryAfter: 61.2,
    params: { minutes: 2 },
  });
});
