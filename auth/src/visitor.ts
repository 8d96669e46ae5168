import type { Language, SecurityEvent } from '@ticketing/common';
import type { Device } from './devices';

/** The caller, as far as limits, messages and logs are concerned. */
export interface Visitor {
  network: string;
  /** In which they read. */
  language: Language;
  device?: Device;
  /** Logs a security event. `account` is the id of the account concerned. */
  log(event: SecurityEvent, account?: string): void;
}
