import type { Subject } from './contract';

/** A received message. Until `ack` is called, the server keeps it and redelivers it. */
export interface Delivery {
  /** The same on every redelivery; after the server loses its store, another message may get the same key. */
  key: string;
  text: string;
  ack(): void;
}

/** A message as seen by every process. */
export interface Sighting {
  /** Its position in its subject, the same for every process; it increases, even after the server loses its store. */
  sequence: number;
  text: string;
  /** Whether this process may have missed messages just before this one, or the store was lost. */
  gap: boolean;
}

/** Publishes and receives events, independent of the broker. */
export interface Bus {
  /** Whether events are flowing: connected, and every subscription confirmed. */
  readonly ready: boolean;
  /** The name of the server's store, once it is known: after the store was lost, it has another name. */
  readonly store?: string | undefined;
  /** Resolves once the server has stored the text; rejects if that is uncertain. */
  publish(subject: Subject, text: string): Promise<void>;
  /** Delivers each message of a subject to one process of the group. Call before `start`. */
  subscribe(subject: Subject, deliver: (delivery: Delivery) => void): void;
  /**
   * Shows this process every message of a subject, no matter who else receives it: starting from the latest and, after
   * a reconnect, from where it left off. Nothing is acknowledged or redelivered. Call before `start`.
   */
  watch(subject: Subject, see: (sighting: Sighting) => void): void;
  /** Connects, and reconnects whenever the connection ends, for as long as the bus lives. */
  start(): void;
  /** Called each time events start flowing. */
  onReady(listener: () => void): void;
  close(): Promise<void>;
}
