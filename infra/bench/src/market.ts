import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { get, post, send, type Call, type Reply } from './http';
import { applyLoad, times } from './load';
import type { Target } from './target';

/** A signed-in user of the measured system. */
export interface Person {
  email: string;
  cookie: string;
}

/** A sale: its order, ticket and buyer, by their ids. */
export interface Sale {
  id: string;
  ticketId: string;
  buyer: string;
}

export const password = 'bench-password';

const BUYERS = 16;
const HELD_WITHIN_MS = 30_000;
const ASK_EVERY_MS = 20;

/** The users and tickets for the scenarios, all created through the API. */
export class Market {
  private turn = 0;

  private constructor(
    private readonly target: Target,
    private readonly seller: Person,
    readonly buyers: Person[],
  ) {}

  /** Signs up a seller and buyers. */
  static async open(target: Target): Promise<Market> {
    const [seller, ...buyers] = await Promise.all(Array.from({ length: 1 + BUYERS }, () => signUp(target)));
    if (!seller) throw new Error('Nobody signed up');
    return new Market(target, seller, buyers);
  }

  /** Lists new tickets and waits until the whole system has them and is idle. */
  async createTickets(count: number): Promise<string[]> {
    const ids: string[] = [];
    const call = post('/api/tickets', { title: 'Bench', price: 20 }, { cookie: this.seller.cookie });
    const { wrong } = await applyLoad({
      origins: this.target.origins('tickets'),
      connections: Math.min(count, 32),
      next: times(count, () => call),
      answered: (body) => ids.push((JSON.parse(body) as { id: string }).id),
    });
    if (ids.length < count)
      throw new Error(`Of ${count} tickets ${count - ids.length} were not listed: ${JSON.stringify(wrong)}`);
    await this.settle();
    return ids;
  }

  /** The request with which the next buyer holds a ticket. */
  hold(ticketId: string, expect = [201]): Call {
    const buyer = this.buyers[this.turn++ % this.buyers.length];
    return post('/api/orders', { ticketId }, { cookie: buyer?.cookie ?? '' }, expect);
  }

  /** Sells a new ticket, and waits until its buyer and seller are told. */
  async sell(): Promise<Sale> {
    const [ticketId = ''] = await this.createTickets(1);
    const [orders] = this.target.origins('orders');
    const [payments] = this.target.origins('payments');
    const hold = this.hold(ticketId);
    const { id, userId } = JSON.parse((await send(orders, hold)).body) as { id: string; userId: string };
    const cookie = { cookie: hold.headers?.['cookie'] ?? '' };
    await send(payments, post('/api/payments', { orderId: id, token: 'tok_visa' }, cookie));
    const status = async () =>
      (JSON.parse((await send(orders, get(`/api/orders/${id}`, cookie))).body) as { status: string }).status;
    const deadline = performance.now() + HELD_WITHIN_MS;
    while ((await status()) !== 'complete') {
      if (performance.now() > deadline) throw new Error(`Order ${id} is not complete after 30 s`);
      await sleep(ASK_EVERY_MS);
    }
    return { id, ticketId, buyer: userId };
  }

  /**
   * Polls the API until a ticket is shown as held by an order.
   * @param pause between polls, in milliseconds: polling without one costs the system as much as holding
   * @returns when that was seen, on the clock of `performance.now()`
   */
  async untilHeld(ticketId: string, orderId: string, pause = ASK_EVERY_MS): Promise<number> {
    const [origin] = this.target.origins('tickets');
    const started = performance.now();
    for (;;) {
      const { body } = await send(origin, get(`/api/tickets/${ticketId}`));
      const waited = performance.now() - started;
      if ((JSON.parse(body) as { orderId: string | null }).orderId === orderId) return started + waited;
      if (waited > HELD_WITHIN_MS) throw new Error(`Ticket ${ticketId} is not shown as held by ${orderId} after 30 s`);
      if (pause) await sleep(pause);
    }
  }

  /** Waits until all events of earlier actions have taken effect everywhere. */
  async settle(): Promise<void> {
    const [tickets] = this.target.origins('tickets');
    const [orders] = this.target.origins('orders');
    const listed = await send(
      tickets,
      post('/api/tickets', { title: 'Probe', price: 20 }, { cookie: this.seller.cookie }),
    );
    const { id } = JSON.parse(listed.body) as { id: string };
    const held = await send(orders, this.hold(id));
    await this.untilHeld(id, (JSON.parse(held.body) as { id: string }).id);
    await this.target.untilQuiet();
  }
}

async function signUp(target: Target): Promise<Person> {
  const email = `bench-${randomBytes(8).toString('hex')}@example.com`;
  const [origin] = target.origins('auth');
  return { email, cookie: sessionIn(await send(origin, post('/api/users/signup', { email, password }))) };
}

/** The cookies that a response sets, as a browser sends them. */
export const sessionIn = ({ headers }: Reply): string =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
