import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from './bus';
import type { Event, NewEvent } from './contract';
import { byBatch, collectionOf, type Stored } from './mongo';

const AT_ONCE = 100;

/**
 * Publishes the present state of every aggregate again, as events of their present versions: copies that are
 * behind or lost are repaired, others are not touched. Returns how many it published.
 */
export async function republish(
  bus: Bus,
  aggregates: { model: Stored; snapshot(document: never): NewEvent | undefined }[],
) {
  bus.start();
  while (!bus.ready) await delay(50);
  const trace = randomUUID();
  let published = 0;
  for (const { model, snapshot } of aggregates) {
    let sending: Promise<void>[] = [];
    for await (const document of collectionOf(model).find({}, byBatch)) {
      const { _id, version } = document;
      const state = snapshot(document as never);
      if (!state) continue;
      const { subject, data } = state;
      const event: Event = {
        id: randomUUID(),
        subject,
        aggregateId: _id.toString(),
        version,
        occurredAt: new Date().toISOString(),
        trace,
        data,
      };
      sending.push(bus.publish(subject, JSON.stringify(event)));
      published++;
      if (sending.length < AT_ONCE) continue;
      await Promise.all(sending);
      sending = [];
    }
    await Promise.all(sending);
  }
  await bus.close();
  return { published };
}
