import { createSecretKey } from 'node:crypto';
import jwt, { type SignOptions, type VerifyOptions } from 'jsonwebtoken';

const ALGORITHM = 'HS256';

/**
 * Our own JSON Web Tokens.
 * @param secrets accepted keys; the first one signs. KeyObjects are created once: jsonwebtoken tries to parse any other
 *   key as a public key, which takes a millisecond per call.
 * @param now the time by which they begin and expire
 */
export function tokens(secrets: string[], now = () => new Date()) {
  const seconds = () => Math.floor(now().getTime() / 1000);
  const keys = secrets.map((secret) => createSecretKey(Buffer.from(secret)));
  const [signer] = keys;
  if (!signer) throw new Error('Tokens need at least one key');
  return {
    /** A token that begins now, unless its claims say otherwise (`iat`). */
    sign: (claims: object, options: SignOptions) =>
      jwt.sign({ iat: seconds(), ...claims }, signer, { ...options, algorithm: ALGORITHM }),

    /** The claims of a valid token signed with one of the keys, otherwise undefined. */
    verify(token: unknown, options: Omit<VerifyOptions, 'clockTimestamp'> = {}): unknown {
      if (typeof token !== 'string') return undefined;
      for (const key of keys) {
        try {
          return jwt.verify(token, key, { ...options, clockTimestamp: seconds(), algorithms: [ALGORITHM] });
        } catch {
          continue;
        }
      }
      return undefined;
    },
  };
}
