import { createHash } from 'node:crypto';
import { ApiError, invalidRequest } from '../domain/errors';
import type { KeptAnswer, State } from '../storage/state';

/** What makes two calls with one key the same call. */
export interface IdempotentCall {
  key: string;
  path: string;
  fingerprint: string;
}

/** Parameters in any order are the same parameters. */
export function fingerprintOf(body: string): string {
  return createHash('sha256').update(body.split('&').sort().join('&')).digest('base64');
}

/** Executes once per key (Stripe docs: "Idempotent requests", "Advanced error handling"). */
export class Idempotency {
  readonly #inProgress = new Set<string>();

  constructor(readonly state: State) {}

  /**
   * The stored response to this request, or nothing if `execute` has to produce it.
   * @throws 400 if the key was used for a different request, 409 while the first one is still in progress
   */
  kept({ key, path, fingerprint }: IdempotentCall): KeptAnswer | undefined {
    if (key.length > 255) throw invalidRequest('Idempotency keys may be at most 255 characters long.');
    if (this.#inProgress.has(key)) throw inUse(key);
    const kept = this.state.answer(key, Date.now());
    if (kept && kept.path !== path) {
      throw mismatch(key, `for the same endpoint they were first used for ('${kept.path}' vs '${path}')`);
    }
    if (kept && kept.fingerprint !== fingerprint) {
      throw mismatch(key, 'with the same parameters they were first used with');
    }
    return kept;
  }

  /** Locks the key while `execute` runs. */
  async hold<T>(key: string, execute: () => Promise<T>): Promise<T> {
    this.#inProgress.add(key);
    try {
      return await execute();
    } finally {
      this.#inProgress.delete(key);
    }
  }
}

function inUse(key: string): ApiError {
  const message =
    'There is currently another in-progress request using this Idempotent Key (that probably means you submitted ' +
    `twice, and the other request is still going through): ${key}. Please try again later.`;
  return new ApiError(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message });
}

function mismatch(key: string, rule: string): ApiError {
  const advice = `Try using a key other than '${key}' if you meant to execute a different request.`;
  return new ApiError(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used ${rule}. ${advice}`,
  });
}
