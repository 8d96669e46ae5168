import { createHmac } from 'node:crypto';
import { sealing as sealingOf } from '@ticketing/common';

/** Seals the content of deliveries; see `sealing` of common. */
export const sealing = (secrets: string[]) => sealingOf(secrets, 'delivery');

/** Hashes that show whether two contents are equal, and reveal nothing without the key. */
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
