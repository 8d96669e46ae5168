import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const [NONCE, TAG] = [12, 16];

/**
 * Seals short secrets at rest (AES-256-GCM), in base64url. What one belongs to is authenticated with it: moved elsewhere,
 * it cannot be opened.
 * @param secrets accepted keys; the first one seals
 */
export function sealing(secrets: string[]) {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'ticketing factor', 32)));
  const [sealer] = keys;
  if (!sealer) throw new Error('Sealing needs at least one key');
  return {
    seal(secret: string, of: string): string {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(ALGORITHM, sealer, nonce).setAAD(Buffer.from(of));
      return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },

    /** Throws if no key opens it. */
    open(sealed: string, of: string): string {
      const bytes = Buffer.from(sealed, 'base64url');
      for (const key of keys) {
        try {
          const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE), { authTagLength: TAG })
            .setAAD(Buffer.from(of))
            .setAuthTag(bytes.subarray(-TAG));
          return decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8');
        } catch {
          continue;
        }
      }
      throw new Error('A secret cannot be opened with any of FACTOR_KEY');
    },
  };
}

export type Sealing = ReturnType<typeof sealing>;
