import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from './bus';

/** A command, given the arguments after its name; resolves with what to log. */
export type Command = (args: string[]) => Promise<object | number>;

/** How long a command waits for NATS, in milliseconds. */
const PATIENCE = 5_000;

/**
 * Connects a command to NATS, so that what it writes is published at once. Resolves with false if NATS is down: then the
 * service's processes publish it later.
 */
export const reaching =
  (bus: Bus): (() => Promise<boolean>) =>
  async () => {
    bus.start();
    for (const end = performance.now() + PATIENCE; !bus.ready && performance.now() < end;) await delay(20);
    return bus.ready;
  };
