import { createHmac } from 'node:crypto';

/**
 * How counts name an address: by a keyed hash, so that none tells it once its account is deleted.
 * @param secret nobody without it can try addresses; with another one, counting starts again
 */
export const addressHash =
  (secret: string) =>
  (address: string): string =>
    createHmac('sha256', secret).update(`counted address\n${address}`).digest('base64url');

export type AddressHash = ReturnType<typeof addressHash>;
