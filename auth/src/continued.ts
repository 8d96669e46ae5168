import type { SessionKey, UserBody } from '@ticketing/common';

/** Where a session is used. */
export interface Place {
  network: string;
  /** In words; null if unknown. */
  browser: string | null;
}

/** A session as it goes on, for the cookie. */
export interface Continued<U extends UserBody = UserBody> {
  user: U;
  session: ContinuedSession;
}

export interface ContinuedSession extends SessionKey {
  /** How long its next token may live, in milliseconds, if less than usual. */
  lifetime?: number;
}
