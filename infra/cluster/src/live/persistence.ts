import { isDeepStrictEqual } from 'node:util';
import { Bank, Mailbox, Person } from '@ticketing/e2e';
import { forward, withForwards } from './forward';
import type { Kubectl } from './kubectl';
import { behindEntrance, type LiveSystem } from './system';
import type { Witness } from './witness';

/** For each store: something that only this store keeps. */
export const persisted: Record<string, (system: LiveSystem, witness: Witness) => Promise<unknown>> = {
  'auth-mongo': ({ entrance }, { email }) => new Person(entrance.url).signIn(email),
  'tickets-mongo': (_system, { buyer, ticket }) => buyer.ticket(ticket.id),
  'orders-mongo': (_system, { buyer, sold, held }) => Promise.all([buyer.order(sold.id), buyer.order(held.id)]),
  'payments-mongo': (_system, { buyer, sold }) => buyer.payment(sold.id),
  'stripe-emulator': (system, { sold }) => behindEntrance(system, ({ stripe }) => new Bank(stripe).moneyOf(sold.id)),
  'expiration-redis': ({ kubectl }, { held }) =>
    kubectl.exec('expiration-redis-0', 'redis', [
      'redis-cli',
      'hmget',
      `bull:order:expiration:${held.id}`,
      'data',
      'timestamp',
      'delay',
    ]),
  nats: ({ kubectl }) => countMessages(kubectl),
  mailbox: ({ kubectl }) =>
    withForwards([forward(kubectl, 'pod/mailbox-0', 8025)], async ([url]) =>
      new Mailbox(url ?? '').entries().then((all) => all.length),
    ),
};

/** Whether nothing was lost. Messages may have been added. */
export function isKept(before: unknown, after: unknown): boolean {
  return typeof before === 'number' && typeof after === 'number' ? after >= before : isDeepStrictEqual(before, after);
}

const MONITOR_PORT = 8222;

/** How many messages NATS Streaming keeps, over all channels. */
function countMessages(kubectl: Kubectl): Promise<number> {
  return withForwards([forward(kubectl, 'pod/nats-0', MONITOR_PORT)], async ([url]) => {
    const answer = await fetch(`${url}/streaming/channelsz?subs=1`);
    const { channels } = (await answer.json()) as { channels: { msgs: number }[] };
    return channels.reduce((sum, { msgs }) => sum + msgs, 0);
  });
}
