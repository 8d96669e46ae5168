import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderBody } from '@ticketing/common';
import { newEmail, Person, Refused } from '@ticketing/e2e';

const PATIENCE_MS = 30_000;
const PAUSE_MS = 250;

/** What a load of purchases came to. */
export interface Tally {
  /** Requests that were answered as they should be. */
  answered: number;
  /** Answers of 404 for what is so new that its event was still under way. */
  early: number;
  /** In words, each request that had no answer, or another one than it should have. */
  lost: string[];
  /** Orders that were accepted, as was their payment. */
  bought: { buyer: Person; order: OrderBody }[];
}

/** People who list, look and buy, one thing after another and all at once, until they are told to stop. */
export class Shoppers {
  readonly tally: Tally = { answered: 0, early: 0, lost: [], bought: [] };
  private open = true;
  private readonly shopping: Promise<unknown>;

  constructor(url: string, pairs: number) {
    this.shopping = Promise.all(
      Array.from({ length: pairs }, () => this.shop(new Shopper(url, this.tally), new Shopper(url, this.tally))),
    );
  }

  /** Lets everyone finish the purchase that they are at. */
  async stop(): Promise<Tally> {
    this.open = false;
    await this.shopping;
    return this.tally;
  }

  private async shop(seller: Person, buyer: Person): Promise<void> {
    for (const person of [seller, buyer]) await this.attempt(() => signUp(person));
    while (this.open) await this.attempt(() => this.purchase(seller, buyer));
  }

  private async purchase(seller: Person, buyer: Person): Promise<void> {
    const ticket = await seller.list('Rolling Stones', 12.5);
    await buyer.browse();
    const order = await onceKnown(() => buyer.hold(ticket.id));
    await onceKnown(() => buyer.pay(order.id));
    this.tally.bought.push({ buyer, order });
    await buyer.orders();
  }

  /** What fails is noted, and the next thing begins. */
  private async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tally.lost.push(String(error));
    }
  }
}

/** Somebody whose every request counts. */
class Shopper extends Person {
  constructor(
    url: string,
    private readonly tally: Tally,
  ) {
    super(url);
  }

  override async call<T>(method: string, path: string, body?: object): Promise<T> {
    try {
      const answer = await super.call<T>(method, path, body);
      this.tally.answered += 1;
      return answer;
    } catch (error) {
      if (isUnknown(error)) {
        this.tally.early += 1;
        throw error;
      }
      throw new Error(`${method} ${path} was answered ${wordsFor(error)}`, { cause: error });
    }
  }
}

const signUp = (person: Person) =>
  person.call('POST', '/api/users/signup', { email: newEmail(), password: 'correct horse battery' });

const isUnknown = (error: unknown) => error instanceof Refused && error.status === 404;

/** Asks again, for half a minute, while the answer is 404: events of something new may take a while. */
async function onceKnown<T>(request: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (!isUnknown(error) || Date.now() > deadline) throw error;
    }
    await sleep(PAUSE_MS);
  }
}

function wordsFor(error: unknown): string {
  if (error instanceof Refused) return `${error.status}: ${error.message.slice(0, 80)}`;
  const { cause, message } = error as Error;
  return `not at all: ${cause instanceof Error ? cause.message : message}`;
}
