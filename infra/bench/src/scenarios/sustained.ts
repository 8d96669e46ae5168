import { countCpu } from '../cpu';
import { durabilities, type Durability } from '../baseline';
import { addCounts, applyLoad, type LoadResult } from '../load';
import { say } from '../progress';
import type { Bench, CpuPerHold, Figure, Result } from '../result';
import { median, medianRatio, percentile } from '../statistics';
import { pidsOf } from '../target';

const CONNECTIONS = 16;
const SAMPLE_EVERY_MS = 100;

/** Continuous holds, with the baseline before and after, and the lag of tickets' copy throughout. */
export async function sustained(bench: Bench): Promise<Result> {
  const { market, options, target } = bench;
  const { rate } = await holdBaseline(bench, 'default', 2);
  // A system faster than the baseline runs out of tickets before the time is up.
  const most = Math.ceil(rate * options.seconds);
  say(`listing ${most} tickets`);
  const tickets = await market.createTickets(most);

  const before = await holdBaselines(bench);
  say(`holds for ${options.seconds} s`);
  const cpu = target.stack && countCpu(pidsOf(target.stack));
  const { load, lags } = await holdWhileSampling(bench, tickets);
  await market.settle();
  const systemCpu = cpu?.(load.statuses['201'] ?? 0) ?? {};
  const after = await holdBaselines(bench);

  const name = `holds for ${load.seconds.toFixed(0)} s`;
  return {
    figures: [
      ...durabilities.map((durability): Figure => {
        const rates = [before.loads[durability].rate, after.loads[durability].rate];
        return {
          name: `${name}; baseline: ${durability} writes`,
          unit: '/s',
          measured: load.rate,
          baseline: median(rates),
          ratio: medianRatio([load.rate, load.rate], rates),
          aim: { of: 'ratio', atLeast: 0.5 },
        };
      }),
      {
        name: 'meanwhile, 201 → held: p99',
        unit: 'ms',
        measured: percentile(lags, 0.99),
        aim: { of: 'measured', atMost: 1000 },
      },
      {
        name: 'meanwhile, 201 → held: longest',
        unit: 'ms',
        measured: percentile(lags, 1),
        aim: { of: 'measured', atMost: 1000 },
      },
    ],
    wrong: addCounts([load, ...Object.values(before.loads), ...Object.values(after.loads)].map(({ wrong }) => wrong)),
    raw: { load, lags, before, after },
    cpuPerHoldMs: target.stack && { system: systemCpu, baseline: before.cpu },
  };
}

/** Holds tickets as fast as possible, and occasionally tracks one until it is shown as held. */
async function holdWhileSampling({ market, options, target }: Bench, tickets: string[]) {
  const samples: Promise<number>[] = [];
  let sampledAt = 0;
  const load = await applyLoad({
    origins: target.origins('orders'),
    connections: CONNECTIONS,
    seconds: options.seconds,
    next() {
      const ticketId = tickets.pop();
      return ticketId ? market.hold(ticketId) : undefined;
    },
    answered(body) {
      const now = performance.now();
      if (now < sampledAt + SAMPLE_EVERY_MS) return;
      sampledAt = now;
      const { id, ticket } = JSON.parse(body) as { id: string; ticket: { id: string } };
      samples.push(market.untilHeld(ticket.id, id).then((seen) => seen - now));
    },
  });
  return { load, lags: await Promise.all(samples) };
}

async function holdBaselines(bench: Bench) {
  const seconds = bench.options.seconds / 6;
  say(`the baseline for ${(2 * seconds).toFixed(0)} s`);
  const mongo = bench.target.stack?.part('mongo-orders').pid;
  const cpu = countCpu({ baseline: bench.baseline.pid, ...(mongo && { 'mongo-orders': mongo }) });
  const loads: Record<Durability, LoadResult> = {
    default: await holdBaseline(bench, 'default', seconds),
    durable: await holdBaseline(bench, 'durable', seconds),
  };
  const holds = (loads.default.statuses['201'] ?? 0) + (loads.durable.statuses['201'] ?? 0);
  const used: CpuPerHold = cpu(holds);
  return { loads, cpu: used };
}

function holdBaseline({ baseline }: Bench, durability: Durability, seconds: number): Promise<LoadResult> {
  const next = () => baseline.hold(durability);
  return applyLoad({ origins: baseline.origins, connections: CONNECTIONS, seconds, next });
}
