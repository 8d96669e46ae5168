import fc from 'fast-check';
import { normalEmail, tooManyFailures } from './user';

test('an address is one whatever its case and the blanks around it', () => {
  fc.assert(
    fc.property(fc.emailAddress(), fc.string({ unit: fc.constantFrom(' ', '\t') }), (email, blanks) => {
      expect(normalEmail(blanks + email.toUpperCase() + blanks)).toBe(normalEmail(email));
      expect(normalEmail(normalEmail(email))).toBe(normalEmail(email));
    }),
  );
});

test('too many failures say in minutes when to come back', () => {
  expect(tooManyFailures(61.2)).toMatchObject({
    status: 429,
    retryAfter: 61.2,
    params: { minutes: 2 },
  });
});
