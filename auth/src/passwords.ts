import { availableParallelism } from 'node:os';
import { type Algorithm, hash as argon2, verify as argon2Verify } from '@node-rs/argon2';
import { Refusal } from '@ticketing/common';
import fastq from 'fastq';

/** OWASP's figures for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const options = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing runs beside the event loop, this many at once: 19 MiB each, and one core stays free for other requests. */
const AT_ONCE = Math.max(1, availableParallelism() - 1);
const MAX_WAITING = 500;

const queue = fastq.promise((work: () => Promise<unknown>) => work(), AT_ONCE);

/** Runs work that hashes when its turn comes. Refuses with 503 while too many wait. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (queue.length() >= MAX_WAITING) throw new Refusal('sign-ins-busy', { retryAfter: 5 });
  return queue.push(work) as Promise<T>;
}

export const hashPassword = (password: string) => inTurn(() => argon2(password, options));

const nobody = argon2('no password has this hash', options);

/** Whether a password has this hash; as slow for an account that does not exist, whose hash is undefined. */
export async function matches(passwordHash: string | undefined, password: string): Promise<boolean> {
  const right = await argon2Verify(passwordHash ?? (await nobody), password);
  return right && passwordHash !== undefined;
}
