import { createHmac } from 'node:crypto';

/**
 * How limits identify an address: by a keyed hash, so that none reveals it once its account is deleted.
 * @param secret without it nobody can guess addresses; with a new one, counting starts over
 */
export const addressHash =
  (secret: string) =>
  (address: string): string =>
    createHmac('sha256', secret).update(`counted address\n${address}`).digest('base64url');

export type AddressHash = ReturnType<typeof addressHash>;
