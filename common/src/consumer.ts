import { Counter } from 'prom-client';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus, Delivery } from './bus';
import { parseEvent, type Event, type Subject } from './contract';
import type { DeadLetters } from './deadletters';
import { isOutage } from './errors';
import type { Logger } from './logger';

/** What a service does on a subject. A rejection means that the events are handled again. */
export interface Listener<S extends Subject = Subject> {
  /** How many events one call takes at most. Calls that take more than one follow each other. */
  readonly size: number;
  handle(events: Event<S>[]): Promise<unknown>;
}

/** A service's table: subject → what it does. */
export type Listeners = { [S in Subject]?: Listener<S> };

/** Handles events one by one, those of different aggregates side by side. */
export const each = <S extends Subject>(operation: (event: Event<S>) => Promise<unknown>): Listener<S> => ({
  size: 1,
  handle: async ([event]) => event && operation(event),
});

/** Handles in one call all events that have arrived. */
export const batch = <S extends Subject>(operation: (events: Event<S>[]) => Promise<unknown>): Listener<S> => ({
  size: 200,
  handle: operation,
});

/** Between batches while events keep coming, so that one takes more of them: milliseconds. */
const BUSY_PAUSE = 30;
/** With the pauses between them, seven seconds: longer than what passes by itself, such as a lock or a lost race. */
const TRIES = 8;
const BACKOFF = 100;
const MAX_BACKOFF = 2_000;

const handled = new Counter({
  name: 'ticketing_events_handled_total',
  help: 'Events handled',
  labelNames: ['subject'],
});
const failed = new Counter({
  name: 'ticketing_events_failed_total',
  help: 'Failed tries to handle an event',
  labelNames: ['subject'],
});
const parked = new Counter({
  name: 'ticketing_events_parked_total',
  help: 'Events parked as dead letters',
  labelNames: ['subject'],
});

interface Item {
  lane: Lane;
  event: Event;
  delivery: Delivery;
}

interface Lane {
  subject: Subject;
  listener: Listener;
  ready: Item[];
  running: boolean;
}

/**
 * Hands events to listeners and acknowledges what was handled. The events of one aggregate are handled one
 * after another. One that keeps failing is parked in the dead letters, so that those behind it go on; while a
 * server is out of reach it waits instead, since it is not the event that is at fault.
 */
export class Consumer {
  /** The messages in hand by key, each as it was delivered last: an older delivery may be of a dead connection. */
  private readonly inHand = new Map<string, Delivery>();
  /** Aggregates in hand, each with what waits for its turn. */
  private readonly waiting = new Map<string, Item[]>();
  private draining = false;

  constructor(
    private readonly bus: Bus,
    private readonly deadLetters: DeadLetters,
    private readonly log: Logger,
  ) {}

  listen(listeners: Listeners) {
    for (const [subject, listener] of Object.entries(listeners) as [Subject, Listener][]) {
      const lane: Lane = { subject, listener, ready: [], running: false };
      this.bus.subscribe(subject, (delivery) => void this.receive(lane, delivery));
    }
  }

  /** Takes no more events and waits until those in hand are done, for `timeout` milliseconds at most. */
  async drain(timeout: number) {
    this.draining = true;
    const deadline = Date.now() + timeout;
    while (this.inHand.size > 0 && Date.now() < deadline) await delay(20);
  }

  private async receive(lane: Lane, delivery: Delivery) {
    if (this.draining) return;
    const again = this.inHand.has(delivery.key);
    this.inHand.set(delivery.key, delivery);
    if (again) return;
    let event: Event;
    try {
      event = parseEvent(lane.subject, delivery.text);
    } catch (error) {
      await this.park(lane, delivery, error);
      this.acknowledge(delivery.key);
      return;
    }
    const item = { lane, event, delivery };
    const line = this.waiting.get(event.aggregateId);
    if (line) line.push(item);
    else {
      this.waiting.set(event.aggregateId, []);
      this.admit(item);
    }
  }

  private admit(item: Item) {
    item.lane.ready.push(item);
    if (item.lane.running) return;
    item.lane.running = true;
    setImmediate(() => void this.run(item.lane));
  }

  private async run(lane: Lane) {
    while (lane.ready.length > 0) {
      const items = lane.ready.splice(0, lane.listener.size);
      const done = this.handle(items);
      if (lane.listener.size === 1) continue;
      await done;
      if (items.length > 1) await delay(BUSY_PAUSE);
    }
    lane.running = false;
  }

  private async handle(items: Item[]) {
    const [first] = items;
    if (!first) return;
    try {
      await first.lane.listener.handle(items.map(({ event }) => event));
      for (const item of items) this.finish(item);
    } catch (error) {
      this.failure(first, error);
      for (const item of items) void this.insist(item, items.length === 1 ? 1 : 0);
    }
  }

  /** Handles one event until it is done or parked. */
  private async insist(item: Item, tries: number) {
    for (let pause = BACKOFF; tries < TRIES; pause = Math.min(pause * 2, MAX_BACKOFF)) {
      await delay(pause);
      if (this.draining) return this.leave(item);
      try {
        await item.lane.listener.handle([item.event]);
        return this.finish(item);
      } catch (error) {
        this.failure(item, error);
        if (!isOutage(error)) tries++;
        if (tries === TRIES) await this.park(item.lane, item.delivery, error);
      }
    }
    this.finish(item);
  }

  private failure({ lane: { subject }, event }: Item, error: unknown) {
    failed.inc({ subject });
    this.log.warn({ err: error, subject, aggregateId: event.aggregateId, trace: event.trace }, 'event not handled yet');
  }

  private async park({ subject }: Lane, { text }: Delivery, error: unknown) {
    for (;;) {
      try {
        await this.deadLetters.park(subject, text, error);
        parked.inc({ subject });
        return this.log.error({ err: error, subject }, 'event parked: mend its cause, then run `npm run redrive`');
      } catch (outage) {
        this.log.warn({ err: outage, subject }, 'event not parked yet');
        await delay(MAX_BACKOFF);
      }
    }
  }

  private finish(item: Item) {
    handled.inc({ subject: item.lane.subject });
    this.acknowledge(item.delivery.key);
    const { aggregateId } = item.event;
    const next = this.waiting.get(aggregateId)?.shift();
    if (next) this.admit(next);
    else this.waiting.delete(aggregateId);
  }

  /** Leaves an event, and those that wait behind it, to another process. */
  private leave({ event: { aggregateId }, delivery }: Item) {
    this.inHand.delete(delivery.key);
    for (const behind of this.waiting.get(aggregateId) ?? []) this.inHand.delete(behind.delivery.key);
    this.waiting.delete(aggregateId);
  }

  private acknowledge(key: string) {
    this.inHand.get(key)?.ack();
    this.inHand.delete(key);
  }
}
