import { get } from './http';
import { applyLoad, eachOnce, times } from './load';
import { durabilities } from './floor';
import { say } from './progress';
import type { Bench } from './result';

/** Of each kind, to each replica: with fewer the rates of bursts still climb from one to the next. */
const REQUESTS = 3_000;
const CONNECTIONS = 16;

/** Sends what is going to be measured often enough that both sides run optimised and connected code. */
export async function warmUp({ options, floor, market, target }: Bench): Promise<void> {
  say('warming up');
  const count = REQUESTS * options.replicas;
  const toFloor = { origins: floor.origins, connections: CONNECTIONS };
  await applyLoad({ ...toFloor, next: times(count, () => floor.list()) });
  for (const durability of durabilities)
    await applyLoad({ ...toFloor, next: times(count, () => floor.hold(durability)) });

  const tickets = await market.createTickets(count);
  const toTickets = { origins: target.origins('tickets'), connections: CONNECTIONS };
  await applyLoad({ ...toTickets, next: times(count, () => get('/api/tickets?limit=20')) });
  const toOrders = { origins: target.origins('orders'), connections: CONNECTIONS };
  await applyLoad({ ...toOrders, next: eachOnce(tickets, (ticketId) => market.hold(ticketId)) });
  await market.settle();
}
