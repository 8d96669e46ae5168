import { get } from './http';
import { applyLoad, eachOnce, times } from './load';
import { durabilities } from './floor';
import { say } from './progress';
import type { Bench } from './result';

const REQUESTS = 500;
const CONNECTIONS = 16;

/** Sends what is going to be measured some hundred times, so that both sides run compiled and connected code. */
export async function warmUp({ floor, market, target }: Bench): Promise<void> {
  say('warming up');
  const toFloor = { origins: floor.origins, connections: CONNECTIONS };
  await applyLoad({ ...toFloor, next: times(REQUESTS, () => floor.list()) });
  for (const durability of durabilities) await applyLoad({ ...toFloor, next: times(REQUESTS, () => floor.hold(durability)) });

  const tickets = await market.createTickets(REQUESTS);
  const toTickets = { origins: target.origins('tickets'), connections: CONNECTIONS };
  await applyLoad({ ...toTickets, next: times(REQUESTS, () => get('/api/tickets?limit=20')) });
  const toOrders = { origins: target.origins('orders'), connections: CONNECTIONS };
  await applyLoad({ ...toOrders, next: eachOnce(tickets, (ticketId) => market.hold(ticketId)) });
  await market.settle();
}
