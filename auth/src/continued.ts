import type { SessionKey, UserBody } from '@ticketing/common';

/** Where a session is used. */
export interface Place {
  network: string;
  /** In words; null if unknown. */
  browser: string | null;
}

/** A session to continue, for the cookie. */
export interface Continued<U extends UserBody = UserBody> {
  user: U;
  session: ContinuedSession;
}

export interface ContinuedSession extends SessionKey {
  /** Lifetime of its next token in milliseconds, if shorter than usual. */
  lifetime?: number;
}
