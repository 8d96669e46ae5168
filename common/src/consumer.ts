import { Counter } from 'prom-client';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus, Delivery } from './bus';
import { parseEvent, type Event, type Subject } from './contract';
import type { DeadLetters } from './deadletters';
import { isOutage } from './errors';
import type { Listener, Listeners } from './listeners';
import type { Logger } from './logger';

/** Pause between batches while events keep coming, so that batches grow; in milliseconds. */
const BUSY_PAUSE = 30;
/**
 * With the pauses between them this makes seven seconds: longer than transient problems such as a lock or a lost race.
 */
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
  /** The message's key and the event's id: after losing its store, a server may reuse a key for another message. */
  key: string;
  text: string;
}

interface Lane {
  subject: Subject;
  listener: Listener;
  ready: Item[];
  running: boolean;
}

/**
 * Delivers events to listeners and acknowledges the handled ones. Events of one aggregate are handled in order. An
 * event that keeps failing is parked in the dead letters, so that later ones can proceed; while a server is unreachable
 * it waits instead, since the event is not at fault.
 */
export class Consumer {
  /** Messages in progress, each in its latest delivery: an earlier one may belong to a dead connection. */
  private readonly inHand = new Map<string, Delivery>();
  /** Aggregates in progress, each with its waiting events. */
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

  /** Accepts no more events and waits for those in progress, for at most `timeout` milliseconds. */
  async drain(timeout: number) {
    this.draining = true;
    const deadline = performance.now() + timeout;
    while (this.inHand.size > 0 && performance.now() < deadline) await delay(20);
  }

  private async receive(lane: Lane, delivery: Delivery) {
    if (this.draining) return;
    const { text } = delivery;
    const event = eventOf(lane.subject, text);
    const key = `${delivery.key}/${event instanceof Error ? text : event.id}`;
    const again = this.inHand.has(key);
    this.inHand.set(key, delivery);
    if (again) return;
    if (event instanceof Error) {
      await this.park(lane, text, event);
      return this.acknowledge(key);
    }
    const item = { lane, event, key, text };
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

  /** Handles one event until it succeeds or is parked. */
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
        if (tries === TRIES) await this.park(item.lane, item.text, error);
      }
    }
    this.finish(item);
  }

  private failure({ lane: { subject }, event }: Item, error: unknown) {
    failed.inc({ subject });
    this.log.warn({ err: error, subject, aggregateId: event.aggregateId, trace: event.trace }, 'event not handled yet');
  }

  private async park({ subject }: Lane, text: string, error: unknown) {
    for (;;) {
      try {
        await this.deadLetters.park(subject, text, error);
        parked.inc({ subject });
        return this.log.error({ err: error, subject }, 'event parked: fix its cause, then run `npm run redrive`');
      } catch (outage) {
        this.log.warn({ err: outage, subject }, 'event not parked yet');
        await delay(MAX_BACKOFF);
      }
    }
  }

  private finish(item: Item) {
    handled.inc({ subject: item.lane.subject });
    this.acknowledge(item.key);
    const { aggregateId } = item.event;
    const next = this.waiting.get(aggregateId)?.shift();
    if (next) this.admit(next);
    else this.waiting.delete(aggregateId);
  }

  /** Leaves an event, and those waiting behind it, to another process. */
  private leave({ event: { aggregateId }, key }: Item) {
    this.inHand.delete(key);
    for (const behind of this.waiting.get(aggregateId) ?? []) this.inHand.delete(behind.key);
    this.waiting.delete(aggregateId);
  }

  private acknowledge(key: string) {
    this.inHand.get(key)?.ack();
    this.inHand.delete(key);
  }
}

function eventOf(subject: Subject, text: string): Event | Error {
  try {
    return parseEvent(subject, text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
