import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const [NONCE, TAG] = [12, 16];

/** What encryption adds to a part, in bytes. */
export const OVERHEAD = NONCE + TAG;

/**
 * Seals content at rest (AES-256-GCM). What it belongs to is authenticated with it: moved elsewhere, it cannot be opened.
 * @param secrets accepted keys; the first one seals
 */
export function sealing(secrets: string[]) {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'ticketing delivery', 32)));
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
          const decipher = createDecipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(of)).setAuthTag(tag);
          const content = decipher.update(sealed.subarray(NONCE, -TAG));
          // Only checks the tag: this mode leaves no bytes to the end.
          decipher.final();
          return content;
        } catch {
          continue;
        }
      }
      throw new Error('A delivery cannot be opened with any of DELIVERY_KEY');
    },
  };
}

export type Sealing = ReturnType<typeof sealing>;

/** Hashes that tell whether two contents are the same, and to nobody without the key what they say. */
export const keyedHash = (secret: string) => (kind: string) => {
  const hmac = createHmac('sha256', secret).update(`${kind}\n`);
  const hash = {
    update(content: Buffer | string) {
      hmac.update(content);
      return hash;
    },
    digest: () => `${kind} ${hmac.digest('base64url')}`,
  };
  return hash;
};

export type KeyedHash = ReturnType<typeof keyedHash>;
