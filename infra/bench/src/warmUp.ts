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
  const load = { origins: [floor.origin], connections: CONNECTIONS };
  await applyLoad({ ...load, next: times(REQUESTS, () => floor.list()) });
  for (const durability of durabilities) await applyLoad({ ...load, next: times(REQUESTS, () => floor.hold(durability)) });

  const tickets = await market.createTickets(REQUESTS);
  const list = get('/api/tickets?limit=20');
  const [ticketOrigins, orderOrigins] = [target.origins('tickets'), target.origins('orders')];
  await applyLoad({ ...load, origins: ticketOrigins, next: times(REQUESTS, () => list) });
  await applyLoad({ ...load, origins: orderOrigins, next: eachOnce(tickets, (ticketId) => market.hold(ticketId)) });
  await market.settle();
}
