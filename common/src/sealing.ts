import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const [NONCE, TAG] = [12, 16];

/** What sealing adds to content, in bytes. */
export const SEAL_OVERHEAD = NONCE + TAG;

/**
 * Seals content at rest (AES-256-GCM). What it belongs to is authenticated with it: moved elsewhere, it cannot be opened.
 * @param secrets accepted keys; the first one seals
 * @param use what is sealed: of the same secrets, each use has keys of its own
 */
export function sealing(secrets: string[], use: 'delivery' | 'factor') {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', `ticketing ${use}`, 32)));
  const [sealer] = keys;
  if (!sealer) throw new Error('Sealing needs at least one key');
  return {
    seal(content: Buffer, of: string): Buffer {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv(ALGORITHM, sealer, nonce).setAAD(Buffer.from(of));
      const sealed = cipher.update(content);
      cipher.final();
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
    },

    /** Throws if no key opens it. */
    open(sealed: Buffer, of: string): Buffer {
      const [nonce, tag] = [sealed.subarray(0, NONCE), sealed.subarray(-TAG)];
      for (const key of keys) {
        try {
          const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG });
          decipher.setAAD(Buffer.from(of)).setAuthTag(tag);
          const content = decipher.update(sealed.subarray(NONCE, -TAG));
          // Only checks the tag: this mode leaves no bytes to the end.
          decipher.final();
          return content;
        } catch {
          continue;
        }
      }
      throw new Error(`A ${use} cannot be opened with any of ${use.toUpperCase()}_KEY`);
    },
  };
}

export type Sealing = ReturnType<typeof sealing>;
