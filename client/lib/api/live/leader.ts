import type { OrderBody, SaleBody, TicketBody } from '@ticketing/common/contract';
import { listen } from './listen';

/** A topic: a listing, one of the visitor's orders, or all of their sales. */
export type Topic = `${'ticket' | 'order'} ${string}` | 'sales';

export type Told = TicketBody | OrderBody | SaleBody;

/** Messages from the leading tab to all tabs. */
export type News =
  | { kind: 'news'; topic: Topic; data: Told }
  /** Changes to these may have been missed. */
  | { kind: 'gap'; topics: Topic[] };

/** Maximum listings per server stream. */
const MAX_TICKETS = 100;
/** Over HTTP/1.1 a browser has six connections per host: most must be left for requests. */
const MAX_OTHERS = 2;
/** Poll interval for those without a stream, in milliseconds. */
const ASK_EVERY_MS = 5_000;

const isTicket = (topic: Topic) => topic.startsWith('ticket ');
const idOf = (topic: Topic) => topic.slice(topic.indexOf(' ') + 1);
const pathOf = (topic: Topic) => `/api/orders/${topic === 'sales' ? 'sales' : idOf(topic)}/events`;

interface Open {
  topics: Set<Topic>;
  close: () => void;
}

/** Listens for all tabs: one stream for all listings, and one each for a few of orders and sales. */
export class Leader {
  private readonly wants = new Map<string, Topic[]>();
  private tickets: Open | undefined;
  /** Orders and sales. */
  private readonly others = new Map<Topic, Open>();
  private readonly timer: ReturnType<typeof setInterval>;
  private leftOut: Topic[] = [];

  constructor(
    private readonly tell: (news: News) => void,
    private readonly Source: typeof EventSource,
  ) {
    this.timer = setInterval(() => {
      this.missed(this.leftOut);
    }, ASK_EVERY_MS);
  }

  /** A tab now follows these topics. */
  want(tab: string, topics: Topic[]): void {
    const known = this.wants.get(tab) ?? [];
    if (topics.length > 0) this.wants.set(tab, topics);
    else this.wants.delete(tab);
    const covered = topics.filter((topic) => !known.includes(topic) && this.isOpen(topic));
    this.arrange();
    // Its page was rendered before the stream opened.
    this.missed(covered.filter((topic) => this.isOpen(topic)));
  }

  close(): void {
    clearInterval(this.timer);
    this.tickets?.close();
    for (const { close } of this.others.values()) close();
  }

  private isOpen = (topic: Topic) => Boolean(this.tickets?.topics.has(topic)) || this.others.has(topic);

  private missed(topics: Topic[]): void {
    if (topics.length > 0) this.tell({ kind: 'gap', topics });
  }

  private arrange(): void {
    const wanted = [...new Set([...this.wants.values()].flat())];
    const tickets = wanted.filter(isTicket).slice(0, MAX_TICKETS);
    const others = wanted.filter((topic) => !isTicket(topic)).slice(-MAX_OTHERS);
    if (tickets.length === 0 || !tickets.every((topic) => this.tickets?.topics.has(topic))) {
      this.tickets?.close();
      const ids = tickets.map(idOf).sort().join();
      this.tickets = tickets.length > 0 ? this.open(`/api/tickets/events?ids=${ids}`, tickets) : undefined;
    }
    for (const [topic, { close }] of this.others)
      if (!others.includes(topic)) {
        close();
        this.others.delete(topic);
      }
    for (const topic of others) if (!this.others.has(topic)) this.others.set(topic, this.open(pathOf(topic), [topic]));
    this.leftOut = wanted.filter((topic) => !this.isOpen(topic));
  }

  private open(path: string, topics: Topic[]): Open {
    const gap = () => {
      this.missed(topics);
    };
    const handlers = {
      ticket: (data: TicketBody) => {
        this.tell({ kind: 'news', topic: `ticket ${data.id}`, data });
      },
      order: (data: OrderBody) => {
        this.tell({ kind: 'news', topic: `order ${data.id}`, data });
      },
      sale: (data: SaleBody) => {
        this.tell({ kind: 'news', topic: 'sales', data });
      },
      refetch: gap,
    };
    return { topics: new Set(topics), close: listen(path, handlers, gap, this.Source) };
  }
}
