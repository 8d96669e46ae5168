import { setTimeout as sleep } from 'node:timers/promises';
import { send } from '../http';
import { say } from '../progress';
import type { Bench, Result } from '../result';
import { percentile } from '../statistics';

const HOLDS = 200;

/** On an idle system, the time from a hold's response until the ticket is shown as held. */
export async function latency({ market, target }: Bench): Promise<Result> {
  const tickets = await market.createTickets(HOLDS);
  const origins = target.origins('orders');
  say(`${HOLDS} holds, one at a time`);
  const waits: number[] = [];
  for (const [index, ticketId] of tickets.entries()) {
    const { body } = await send(origins[index % origins.length] ?? origins[0], market.hold(ticketId));
    const answered = performance.now();
    waits.push((await market.untilHeld(ticketId, (JSON.parse(body) as { id: string }).id, 0)) - answered);
    await sleep(20);
  }
  const name = '201 → held, idle';
  return {
    figures: [
      { name: `${name}: median`, unit: 'ms', measured: percentile(waits, 0.5), aim: { of: 'measured', atMost: 10 } },
      { name: `${name}: p99`, unit: 'ms', measured: percentile(waits, 0.99), aim: { of: 'measured', atMost: 25 } },
    ],
    wrong: {},
    raw: waits,
  };
}
