import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, Person } from '@ticketing/e2e';
import { EventStream } from '../eventStream';
import type { LiveSystem } from '../system';

/** Proxies tend to cut connections after a minute. */
const PAUSE_MS = 65_000;
const HEARD_WITHIN_MS = 10_000;

/**
 * Reads a ticket's event stream through the Ingress: a hold and, more than a minute later, its cancellation.
 * @throws Error if it is buffered or cut
 */
export async function streamThroughIngress({ entrance: { url } }: LiveSystem): Promise<string> {
  const [seller, buyer] = [await Person.signUp(url), await Person.signUp(url)];
  const ticket = await seller.list('A quiet evening', 10);
  const stream = await EventStream.open(`${url}/api/tickets/events?ids=${ticket.id}`);
  const timeUntil = async (status: string) => {
    const asked = Date.now();
    await stream.until(`"status":"${status}"`, HEARD_WITHIN_MS);
    return `${Date.now() - asked} ms`;
  };
  try {
    const order = await eventually(() => buyer.hold(ticket.id));
    const first = await timeUntil('held');
    await sleep(PAUSE_MS);
    await buyer.cancel(order.id);
    const second = await timeUntil('available');
    return `a hold is heard after ${first}, and after ${PAUSE_MS / 1000} s its end after ${second}`;
  } finally {
    stream.close();
  }
}
