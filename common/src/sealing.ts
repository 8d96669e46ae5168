import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const [NONCE, TAG] = [12, 16];

/** What sealing adds to content, in bytes. */
export const SEAL_OVERHEAD = NONCE + TAG;

/**
 * Seals content at rest (AES-256-GCM), authenticated with what it belongs to: moved elsewhere, it cannot be opened.
 * @param secrets accepted keys; the first one seals
 * @param use what is sealed: each use derives its own keys from the secrets
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
      for (const key of keys) {
        const content = openBy(key, sealed, of);
        if (content) return content;
      }
      throw new Error(`A ${use} cannot be opened with any of ${use.toUpperCase()}_KEY`);
    },

    /** Whether a former key sealed it. Such a key can be removed once nothing sealed with it is left. */
    isFormer: (sealed: Buffer, of: string): boolean => openBy(sealer, sealed, of) === undefined,
  };
}

/** The opened content; undefined if it was sealed with another key or for something else. */
function openBy(key: Buffer, sealed: Buffer, of: string): Buffer | undefined {
  const [nonce, tag] = [sealed.subarray(0, NONCE), sealed.subarray(-TAG)];
  try {
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG });
    decipher.setAAD(Buffer.from(of)).setAuthTag(tag);
    const content = decipher.update(sealed.subarray(NONCE, -TAG));
    // Only checks the tag: this mode has no final bytes.
    decipher.final();
    return content;
  } catch {
    return undefined;
  }
}

export type Sealing = ReturnType<typeof sealing>;
