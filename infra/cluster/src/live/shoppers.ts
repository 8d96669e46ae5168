import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderBody } from '@ticketing/common';
import { newEmail, Person, Refused } from '@ticketing/e2e';

const PATIENCE_MS = 30_000;
const PAUSE_MS = 250;

/** The result of a purchase load. */
export interface Tally {
  /** Requests with the expected response. */
  answered: number;
  /** 404 responses for things so new that their event was still on its way. */
  early: number;
  /** Descriptions of requests without a response, or with a wrong one. */
  lost: string[];
  /** Orders that were accepted and paid. */
  bought: { buyer: Person; order: OrderBody }[];
}

/** Users who list, browse and buy concurrently, each in sequence, until told to stop. */
export class Shoppers {
  readonly tally: Tally = { answered: 0, early: 0, lost: [], bought: [] };
  private open = true;
  private readonly shopping: Promise<unknown>;

  constructor(url: string, pairs: number) {
    this.shopping = Promise.all(
      Array.from({ length: pairs }, () => this.shop(new Shopper(url, this.tally), new Shopper(url, this.tally))),
    );
  }

  /** Lets everyone finish their current purchase. */
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

  /** Failures are recorded, and the next action starts. */
  private async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tally.lost.push(String(error));
    }
  }
}

/** A user whose every request is counted. */
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
      throw new Error(`${method} ${path} responded with ${wordsFor(error)}`, { cause: error });
    }
  }
}

const signUp = (person: Person) =>
  person.call('POST', '/api/users/signup', { email: newEmail(), password: 'correct horse battery' });

const isUnknown = (error: unknown) => error instanceof Refused && error.status === 404;

/** Retries for half a minute while the response is 404: events of new things may take a while. */
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
