import { parseEvent, streamEvent, Streams, type Bus, type OrderBody, type Stream } from '@ticketing/common';
import type { Request, Response } from 'express';
import type { Operations } from './operations';

const SUBJECTS = [
  'order:created',
  'order:awaiting-payment',
  'order:completed',
  'order:cancelled',
  'order:refunded',
] as const;

const isFinal = ({ status }: OrderBody) => status === 'complete' || status === 'cancelled' || status === 'refunded';

interface Reader {
  stream: Stream;
  /** The version it has. */
  version: number;
}

/**
 * The streams of GET /api/orders/:id/events: every replica receives all order events and forwards them to its own
 * readers.
 */
export class LiveOrders {
  readonly streams = new Streams();
  private readonly readers = new Map<string, Set<Reader>>();

  constructor(
    watch: Bus['watch'],
    private readonly orders: Operations,
  ) {
    for (const subject of SUBJECTS) {
      watch(subject, ({ text, gap }) => {
        if (this.readers.size === 0) return;
        if (gap) this.streams.end();
        const event = parseEvent(subject, text);
        for (const reader of this.readers.get(event.aggregateId) ?? []) this.tell(reader, orders.bodyOf(event));
      });
    }
  }

  /**
   * Responds with a stream of an order's states: the current one, unless the reader has it, and later ones. It ends
   * with a final state; a reader that reconnects after that gets 204, which tells it to stop.
   */
  async open(req: Request, res: Response, id: string, caller: string) {
    const order = await this.orders.show(id, caller);
    const version = versionOf(req.get('last-event-id'), order.version);
    if (version === order.version && isFinal(order)) return void res.status(204).end();
    const reader: Reader = { stream: this.streams.open(req, res, () => this.remove(id, reader)), version };
    this.readers.set(id, (this.readers.get(id) ?? new Set()).add(reader));
    this.tell(reader, order);
    // Changes between that read and this reader's arrival.
    this.tell(reader, await this.orders.show(id, caller));
  }

  private tell(reader: Reader, order: OrderBody) {
    if (order.version <= reader.version) return;
    reader.version = order.version;
    reader.stream.send(streamEvent('order', order.version, order));
    if (isFinal(order)) reader.stream.end();
  }

  private remove(id: string, reader: Reader) {
    const readers = this.readers.get(id);
    readers?.delete(reader);
    if (readers?.size === 0) this.readers.delete(id);
  }
}

/** The order version a reader has, from its `Last-Event-ID`; -1 if none or never issued. */
function versionOf(lastId: string | undefined, newest: number) {
  const version = lastId && /^\d{1,9}$/.test(lastId) ? Number(lastId) : -1;
  return version <= newest ? version : -1;
}
