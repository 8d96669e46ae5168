import { createHmac } from 'node:crypto';
import { sealing as sealingOf } from '@ticketing/common';

/** Seals the content of deliveries; see `sealing` of common. */
export const sealing = (secrets: string[]) => sealingOf(secrets, 'delivery');

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
