import { get } from './http';
import { applyLoad, eachOnce, times } from './load';
import { durabilities } from './baseline';
import { say } from './progress';
import type { Bench } from './result';

/** Requests of each kind per replica: with fewer, burst rates still increase from one to the next. */
const REQUESTS = 3_000;
const CONNECTIONS = 16;

/** Warms up both sides with the requests to be measured, so that they run optimized and connected. */
export async function warmUp({ options, baseline, market, target }: Bench): Promise<void> {
  say('warming up');
  const count = REQUESTS * options.replicas;
  const toBaseline = { origins: baseline.origins, connections: CONNECTIONS };
  await applyLoad({ ...toBaseline, next: times(count, () => baseline.list()) });
  for (const durability of durabilities)
    await applyLoad({ ...toBaseline, next: times(count, () => baseline.hold(durability)) });

  const tickets = await market.createTickets(count);
  const toTickets = { origins: target.origins('tickets'), connections: CONNECTIONS };
  await applyLoad({ ...toTickets, next: times(count, () => get('/api/tickets?limit=20')) });
  const toOrders = { origins: target.origins('orders'), connections: CONNECTIONS };
  await applyLoad({ ...toOrders, next: eachOnce(tickets, (ticketId) => market.hold(ticketId)) });
  await market.settle();
}
