import { consume, Refusal, type RefusalCode } from '@ticketing/common';
import { limiter } from './store';

/** Who hands something over: an account on a network (see `networkOf`). */
export interface Sender {
  id: string;
  network: string;
}

/** Refused content per hour, per account and per network. */
const [OF_ACCOUNT, OF_NETWORK, HOUR] = [30, 100, 3_600];
/**
 * Refusals that count: an unreadable file costs a decoder's time, and the refusal of a listed code tells
 * guessers that it exists.
 */
const COUNTED = new Set<RefusalCode>([
  ...(['content-listed', 'file-broken', 'file-codes', 'file-encrypted', 'file-too-large', 'file-unknown'] as const),
]);

/** Limits refused content: each attempt counts until it succeeds. */
export function refusedLimits() {
  const limits = [
    [limiter('refused', OF_ACCOUNT, HOUR), ({ id }: Sender) => id],
    [limiter('refused-network', OF_NETWORK, HOUR), ({ network }: Sender) => network],
  ] as const;
  return {
    /** Runs an attempt to hand something over; refuses with 429 after too many bad ones. */
    async during<T>(sender: Sender, attempt: () => Promise<T>): Promise<T> {
      const waits = await Promise.all(limits.map(([limit, keyOf]) => consume(limit, keyOf(sender))));
      const retryAfter = Math.max(...waits);
      if (retryAfter > 0) throw new Refusal('too-many-refused', { retryAfter });
      let isCounted = false;
      try {
        return await attempt();
      } catch (error) {
        isCounted = error instanceof Refusal && COUNTED.has(error.code as RefusalCode);
        throw error;
      } finally {
        if (!isCounted) await Promise.all(limits.map(([limit, keyOf]) => limit.add(keyOf(sender), -1)));
      }
    },
  };
}
