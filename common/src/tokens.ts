import { createSecretKey } from 'node:crypto';
import jwt, { type SignOptions, type VerifyOptions } from 'jsonwebtoken';

const ALGORITHM = 'HS256';

/**
 * JSON Web Tokens of our own.
 * @param secrets keys that are accepted; the first one signs. KeyObjects are made once: jsonwebtoken tries to parse
 * any other kind of key as a public one, a millisecond a call.
 */
export function tokens(secrets: string[]) {
  const keys = secrets.map((secret) => createSecretKey(Buffer.from(secret)));
  const [signer] = keys;
  if (!signer) throw new Error('Tokens need at least one key');
  return {
    sign: (claims: object, options: SignOptions) => jwt.sign(claims, signer, { ...options, algorithm: ALGORITHM }),

    /** The claims of a token that one of the keys signed and that is still valid, else undefined. */
    verify(token: unknown, options: VerifyOptions = {}): unknown {
      if (typeof token !== 'string') return undefined;
      for (const key of keys) {
        try {
          return jwt.verify(token, key, { ...options, algorithms: [ALGORITHM] });
        } catch {
          continue;
        }
      }
      return undefined;
    },
  };
}
