import { parseEvent, streamEvent, Streams, type Bus, type OrderBody, type Stream } from '@ticketing/common';
import type { Request, Response } from 'express';
import { saleOf } from './bodies';
import type { Operations } from './operations';

const SUBJECTS = [
  'order:created',
  'order:awaiting-payment',
  'order:completed',
  'order:cancelled',
  'order:claimed',
  'order:released',
  'order:refunded',
] as const;

/** Whether nothing more will happen to an order: never sold, refunded, or no longer open to claims. */
const isFinal = ({ status, releasedAt }: OrderBody) =>
  status === 'cancelled' || status === 'refunded' || (status === 'complete' && releasedAt !== null);

interface Reader {
  stream: Stream;
  /** The version it has. */
  version: number;
}

/** Readers by the id of what they read. */
class Readers<T> {
  private readonly all = new Map<string, Set<T>>();

  of = (id: string): Iterable<T> => this.all.get(id) ?? [];

  isEmpty = () => this.all.size === 0;

  add(id: string, reader: T) {
    this.all.set(id, (this.all.get(id) ?? new Set()).add(reader));
  }

  remove(id: string, reader: T) {
    const readers = this.all.get(id);
    readers?.delete(reader);
    if (readers?.size === 0) this.all.delete(id);
  }
}

/**
 * The streams of GET /api/orders/:id/events and /api/orders/sales/events: every replica receives all order events and
 * forwards them to its own readers.
 */
export class LiveOrders {
  readonly streams = new Streams();
  /** Buyers, by their order. */
  private readonly buyers = new Readers<Reader>();
  private readonly sellers = new Readers<Stream>();

  constructor(
    watch: Bus['watch'],
    private readonly orders: Operations,
  ) {
    for (const subject of SUBJECTS) {
      watch(subject, ({ text, gap }) => {
        if (this.buyers.isEmpty() && this.sellers.isEmpty()) return;
        if (gap) this.streams.end();
        const event = parseEvent(subject, text);
        for (const reader of this.buyers.of(event.aggregateId)) this.tell(reader, orders.bodyOf(event));
        const { completedAt, ticket } = event.data;
        if (completedAt === null) return;
        for (const stream of this.sellers.of(ticket.userId))
          stream.send(streamEvent('sale', event.version, saleOf(event)));
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
    const reader: Reader = { stream: this.streams.open(req, res, () => this.buyers.remove(id, reader)), version };
    this.buyers.add(id, reader);
    this.tell(reader, order);
    // Catches changes between that read and this reader's arrival.
    this.tell(reader, await this.orders.show(id, caller));
  }

  /** Responds with a stream of a seller's sales as they change; the client reads them first, on each connection. */
  openSales(req: Request, res: Response, seller: string) {
    const stream = this.streams.open(req, res, () => this.sellers.remove(seller, stream));
    this.sellers.add(seller, stream);
  }

  private tell(reader: Reader, order: OrderBody) {
    if (order.version <= reader.version) return;
    reader.version = order.version;
    reader.stream.send(streamEvent('order', order.version, order));
    if (isFinal(order)) reader.stream.end();
  }
}

/** The order version a reader has, from its `Last-Event-ID`; -1 if none or never issued. */
function versionOf(lastId: string | undefined, newest: number) {
  const version = lastId && /^\d{1,9}$/.test(lastId) ? Number(lastId) : -1;
  return version <= newest ? version : -1;
}
