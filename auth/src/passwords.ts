import { availableParallelism } from 'node:os';
import { type Algorithm, hash as argon2, verify as argon2Verify } from '@node-rs/argon2';
import { Places, Refusal } from '@ticketing/common';

/** OWASP's figures for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const options = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing runs beside the event loop, this many at once: 19 MiB each, and one core stays free for other requests. */
const AT_ONCE = Math.max(1, availableParallelism() - 1);

/** What hashes: who signs in goes before those who sign up. Each is bounded, in all and from one network. */
export type Lane = 'sign-in' | 'sign-up';
const places: Record<Lane, Places> = {
  'sign-in': new Places({ total: 500, each: 50 }),
  'sign-up': new Places({ total: 200, each: 50 }),
};
const waiting: Record<Lane, (() => void)[]> = { 'sign-in': [], 'sign-up': [] };
let running = 0;

/** Runs work that hashes when its turn comes. Refuses with 503 while too many wait, in all or from the network. */
export async function inTurn<T>(lane: Lane, network: string, work: () => Promise<T>): Promise<T> {
  const leave = places[lane].take(network);
  if (!leave) throw new Refusal('sign-ins-busy', { retryAfter: 5 });
  try {
    // Whose turn ends hands it to the next: so many as ran before run on.
    if (running < AT_ONCE) running++;
    else await new Promise<void>((turn) => waiting[lane].push(turn));
    try {
      return await work();
    } finally {
      const next = waiting['sign-in'].shift() ?? waiting['sign-up'].shift();
      if (next) next();
      else running--;
    }
  } finally {
    leave();
  }
}

export const hashPassword = (password: string) => argon2(password.normalize('NFC'), options);

const nobody = argon2('no password has this hash', options);

/**
 * Whether a password has this hash, in its normal form or, as before, as it was typed. The same work for an account
 * that does not exist, whose hash is undefined.
 */
export async function matches(passwordHash: string | undefined, password: string): Promise<boolean> {
  const hash = passwordHash ?? (await nobody);
  const normal = password.normalize('NFC');
  const right = (await argon2Verify(hash, normal)) || (normal !== password && (await argon2Verify(hash, password)));
  return right && passwordHash !== undefined;
}
