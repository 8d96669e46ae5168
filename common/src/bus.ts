import type { Subject } from './contract';

/** A message as it came. Until `ack` is called the server keeps it and delivers it again. */
export interface Delivery {
  /** The same whenever this message is delivered again; after a loss of the server's store, also another's. */
  key: string;
  text: string;
  ack(): void;
}

/** A message as every process hears it. */
export interface Sighting {
  /** Its place in its subject, the same for all who hear it: it grows, also over a loss of the server's store. */
  sequence: number;
  text: string;
  /** Whether this process may have missed messages of the subject just before this one, or the store was lost. */
  gap: boolean;
}

/** Publishes and hears events. What lies below can be exchanged. */
export interface Bus {
  /** Whether events flow: connected, and every subscription confirmed. */
  readonly ready: boolean;
  /** Resolves once the server has stored the text; rejects where that is not certain. */
  publish(subject: Subject, text: string): Promise<void>;
  /** Delivers each message of a subject to one process of the group. Call before `start`. */
  subscribe(subject: Subject, deliver: (delivery: Delivery) => void): void;
  /**
   * Shows the messages of a subject to this process, whatever others hear: from the newest one on and, after the
   * connection was lost, from where it was. Nothing is acknowledged, nothing repeated. Call before `start`.
   */
  watch(subject: Subject, see: (sighting: Sighting) => void): void;
  /** Connects, and for as long as the bus lives connects anew whenever the connection ends. */
  start(): void;
  /** Called each time that events begin to flow. */
  onReady(listener: () => void): void;
  close(): Promise<void>;
}
