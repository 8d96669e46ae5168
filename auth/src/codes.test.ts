import { newRecoveryCodes, newSecret, stepOf } from './codes';
import { sealing } from './sealing';

/** The secret of RFC 6238's test vectors for SHA-1. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('%i seconds after 1970 the code is %s (RFC 6238)', (seconds, code) => {
  expect(stepOf(SECRET, code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30));
});

test('what is sealed is opened by any of the keys, for the same account alone', () => {
  const sealed = sealing(['old']).seal(SECRET, 'ann');
  const { secret, sealed: anew } = sealing(['new', 'old']).open(sealed, 'ann');
  expect(secret).toBe(SECRET);
  expect(sealing(['new']).open(anew, 'ann')).toEqual({ secret, sealed: anew });
  expect(() => sealing(['new', 'old']).open(sealed, 'bob')).toThrow('cannot be opened');
  expect(() => sealing(['new']).open(sealed, 'ann')).toThrow('cannot be opened');
});

test('recovery codes and the secrets of apps have at least 128 random bits', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes)).toHaveProperty('size', 10);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{28}$/);
  expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newSecret()).not.toBe(newSecret());
});
