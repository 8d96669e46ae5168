import fc from 'fast-check';
import { normalise, tooManyFailures } from './user';

test('an address is the same whatever its case and surrounding whitespace', () => {
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

test('the refusal for too many failures says in how many minutes to try again', () => {
  expect(tooManyFailures(61.2)).toMatchObject({
    status: 429,
    retryAfter: 61.2,
    params: { minutes: 2 },
  });
});
