import { availableParallelism } from 'node:os';
import { type Algorithm, hash as argon2, verify as argon2Verify } from '@node-rs/argon2';
import { Places, Refusal, siteOf } from '@ticketing/common';

/** OWASP's parameters for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. Tests lower them. */
export const options = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing runs off the event loop, this many at once: 19 MiB each, leaving one core for other requests. */
const AT_ONCE = Math.max(1, availableParallelism() - 1);

/** Hashing work: sign-ins go before sign-ups. Each queue is limited, in total and per network. */
export type Lane = 'sign-in' | 'sign-up';
const places: Record<Lane, Places> = {
  'sign-in': new Places({ total: 500, each: 50 }),
  'sign-up': new Places({ total: 200, each: 50 }),
};
/** For all networks of a site together: see `siteOf`. */
const ofSites: Record<Lane, Places> = {
  'sign-in': new Places({ total: 500, each: 150 }),
  'sign-up': new Places({ total: 200, each: 100 }),
};
const waiting: Record<Lane, (() => void)[]> = { 'sign-in': [], 'sign-up': [] };
let running = 0;

/** Takes a slot of a network and of its site; returns a function that frees them. */
function placesOf(lane: Lane, network: string): () => void {
  const leaving = [places[lane].take(network), ofSites[lane].take(siteOf(network) ?? network)];
  const leave = () => leaving.forEach((one) => one?.());
  if (leaving.every(Boolean)) return leave;
  leave();
  throw new Refusal('sign-ins-busy', { retryAfter: 5 });
}

/** Runs hashing work when it is its turn. Refuses with 503 while too much is waiting, in total or from the network. */
export async function inTurn<T>(lane: Lane, network: string, work: () => Promise<T>): Promise<T> {
  const leave = placesOf(lane, network);
  try {
    // A finished turn passes to the next waiter, so the number running stays the same.
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

/** Hashes a password when it is its turn, and meanwhile does other work, which may outlast the turn. */
export async function hashWhile<T>(lane: Lane, network: string, password: string, work: () => Promise<T>) {
  const [hash, done] = await inTurn(lane, network, async () => {
    const done = work();
    // Its failure is reported once the hash, which cannot be stopped, has left its slot.
    done.catch(() => undefined);
    return [await hashPassword(password), done] as const;
  });
  return [hash, await done] as const;
}

const nobody = argon2('no password has this hash', options);

/**
 * Whether a password matches this hash, in its normal form or, for older accounts, as typed. An unknown account, whose
 * hash is undefined, costs the same work.
 */
export async function matches(passwordHash: string | undefined, password: string): Promise<boolean> {
  const hash = passwordHash ?? (await nobody);
  const normal = password.normalize('NFC');
  const right = (await argon2Verify(hash, normal)) || (normal !== password && (await argon2Verify(hash, password)));
  return right && passwordHash !== undefined;
}
