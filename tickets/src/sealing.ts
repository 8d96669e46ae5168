import { createHmac } from 'node:crypto';
import { sealing as sealingOf, type Sealing } from '@ticketing/common';
import { freeBuffers } from './buffers';

/** Seals the content of deliveries; see `sealing` of common. */
export function sealing(secrets: string[]): Sealing {
  const { seal, open, isFormer } = sealingOf(secrets, 'delivery');
  const freeing =
    <T>(work: (content: Buffer, of: string) => T) =>
    (content: Buffer, of: string) => {
      freeBuffers(content.length);
      return work(content, of);
    };
  return { seal: freeing(seal), open: freeing(open), isFormer };
}

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
