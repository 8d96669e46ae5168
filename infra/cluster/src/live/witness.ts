import type { OrderBody, PaymentBody, TicketBody } from '@ticketing/common';
import { eventually, newEmail, Person } from '@ticketing/e2e';

const SOLD_WITHIN_MS = 60_000;
const AGAIN_WITHIN_MS = 120_000;

/** Data given to the system, to check for later. */
export interface Witness {
  email: string;
  buyer: Person;
  ticket: TicketBody;
  sold: OrderBody;
  payment: PaymentBody;
  /** Unpaid, so that its timer is set. */
  held: OrderBody;
}

/** Puts data into each of the system's stores. */
export async function bringWitness(url: string): Promise<Witness> {
  const email = newEmail();
  const seller = await Person.signUp(url);
  const buyer = await Person.signUp(url, email);
  const [first, second] = [await seller.list('Kept', 20), await seller.list('Held', 30)];
  const held = await eventually(() => buyer.hold(second.id));
  const { order: sold, payment } = await buy(buyer, first);
  return { email, buyer, ticket: await buyer.ticket(first.id), sold, payment, held };
}

/** One complete purchase, retried while a part of the system is down. */
export async function purchase(url: string): Promise<void> {
  await eventually(async () => {
    const [seller, buyer] = [await Person.signUp(url), await Person.signUp(url)];
    await buy(buyer, await seller.list('After all', 10));
  }, AGAIN_WITHIN_MS);
}

async function buy(buyer: Person, ticket: TicketBody) {
  const { id } = await eventually(() => buyer.hold(ticket.id));
  const payment = await eventually(() => buyer.pay(id));
  const order = await eventually(async () => {
    const now = await buyer.order(id);
    if (now.status !== 'complete') throw new Error(`The order ${id} was paid and is ${now.status}`);
    const { status } = await buyer.ticket(ticket.id);
    if (status !== 'sold') throw new Error(`The ticket ${ticket.id} was paid and is ${status}`);
    return now;
  }, SOLD_WITHIN_MS);
  return { order, payment };
}
