import type { Language, SecurityEvent, Session } from '@ticketing/common';
import type { Device } from './devices';
import type { Place } from './continued';

/** The caller, as far as limits, sessions, messages and logs are concerned. */
export interface Visitor extends Place {
  /** Their language. */
  language: Language;
  device?: Device;
  /** The session that the request came with. */
  session?: Session;
  /** Logs a security event. `account` is the id of the account concerned, `by` is how its owner proved who they are. */
  log(event: SecurityEvent, account?: string, by?: string[]): void;
}
