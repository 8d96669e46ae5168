import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const PERIOD = 30;
/** Codes are accepted this many time steps before and after the current one: clocks differ. */
const WINDOW = 1;
const SECRET_BYTES = 20;

/** RFC 6238 as all authenticator apps implement it: SHA-1, six digits, 30 seconds. */
const totpOf = (secret: string, label = '') =>
  new TOTP({ issuer: 'Ticketing', label, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD });

/** A new secret for an authenticator app, in base32. */
export const newSecret = () => new Secret({ size: SECRET_BYTES }).base32;

/** The URI that an authenticator app scans. */
export const urlOf = (secret: string, email: string) => totpOf(secret, email).toString();

/** The time step this code belongs to, if that is recent enough; otherwise undefined. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? undefined : TOTP.counter({ period: PERIOD, timestamp }) + delta;
}

/** Without letters and digits that look alike: Crockford's base32. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const [CODES, LENGTH] = [10, 28];

/** New recovery codes: 140 bits each, so that unsalted hashes reveal nothing. */
export const newRecoveryCodes = () =>
  Array.from({ length: CODES }, () =>
    [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join(''),
  );

/** In groups of four, for reading. */
export const asRead = (code: string) => code.match(/.{4}/g)?.join('-') ?? code;

export const hashOf = (code: string) => createHash('sha256').update(code).digest('base64');
