import { sealing as sealingOf } from '@ticketing/common';

/** Seals the secrets of accounts, in base64url; see `sealing` in common. */
export function sealing(secrets: string[]) {
  const { seal, open } = sealingOf(secrets, 'factor');
  return {
    seal: (secret: string, of: string) => seal(Buffer.from(secret), of).toString('base64url'),
    /** Throws if no key opens it. */
    open: (sealed: string, of: string) => open(Buffer.from(sealed, 'base64url'), of).toString(),
  };
}

export type Sealing = ReturnType<typeof sealing>;
