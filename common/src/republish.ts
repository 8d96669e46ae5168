import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from './bus';
import { systemClock } from './clock';
import type { NewEvent } from './contract';
import { makeEvent } from './envelope';
import type { Logger } from './logger';
import { byBatch, collectionOf, lasting, type Stored } from './mongo';
import type { Aggregate } from './aggregate';

const AT_ONCE = 100;

/** A collection of aggregates owned by a service. */
export interface Owned {
  model: Stored;
  /** The events that describe an aggregate's full current state: one, several, or none if it was never published. */
  snapshot(document: never): NewEvent | NewEvent[] | undefined;
}

/** `tellAll` as a command, with its own bus. */
export async function republish(bus: Bus, owned: Owned[], log: Logger, clock = systemClock) {
  bus.start();
  while (!bus.ready) await delay(50);
  const count = await tellAll(bus, owned, log, clock);
  await bus.close();
  return count;
}

/**
 * Republishes the current state of every aggregate, as events of its current version: copies that are stale, lost, or
 * based on a rolled-back write are repaired, others are untouched. Returns how many events were published, and for how
 * many aggregates that failed.
 */
export async function tellAll(
  bus: Pick<Bus, 'publish'>,
  owned: Owned[],
  log: Logger,
  clock = systemClock,
  signal?: AbortSignal,
) {
  const trace = randomUUID();
  const count = { published: 0, failed: 0 };
  const eventsOf = (document: Aggregate, snapshot: Owned['snapshot']) => {
    const { _id, version } = document;
    const occurrence = { aggregateId: _id.toString(), version, at: clock.now(), trace };
    try {
      return [snapshot(document as never) ?? []].flat().map((event) => makeEvent(event, occurrence));
    } catch (error) {
      log.error({ err: error, aggregateId: occurrence.aggregateId }, 'not republished: its state is not a valid event');
      count.failed++;
      return [];
    }
  };
  for (const { model, snapshot } of owned) {
    let sending: Promise<void>[] = [];
    for await (const document of collectionOf(model).find({}, { projection: { outbox: 0 }, ...lasting, ...byBatch })) {
      for (const event of eventsOf(document, snapshot)) {
        const sent = bus.publish(event.subject, JSON.stringify({ ...event, republished: true }));
        // If several fail, one is thrown below; until then none is awaited.
        sent.catch(() => undefined);
        sending.push(sent);
        count.published++;
      }
      if (sending.length < AT_ONCE) continue;
      await Promise.all(sending);
      signal?.throwIfAborted();
      sending = [];
    }
    await Promise.all(sending);
  }
  return count;
}
