import { sealing as sealingOf } from '@ticketing/common';

/** Seals the secrets of accounts, in base64url; see `sealing` in common. */
export function sealing(secrets: string[]) {
  const { seal, open, isFormer } = sealingOf(secrets, 'factor');
  const sealText = (secret: string, of: string) => seal(Buffer.from(secret), of).toString('base64url');
  return {
    seal: sealText,
    /** A secret, and the same sealed by the current key: anew if a former one did. Throws if no key opens it. */
    open(sealed: string, of: string) {
      const content = Buffer.from(sealed, 'base64url');
      const secret = open(content, of).toString();
      return { secret, sealed: isFormer(content, of) ? sealText(secret, of) : sealed };
    },
    /** The same; undefined if its key was dropped. */
    tryOpen(sealed: string, of: string) {
      try {
        return this.open(sealed, of);
      } catch {
        return undefined;
      }
    },
  };
}

export type Sealing = ReturnType<typeof sealing>;
