import { durabilities, type Durability } from '../baseline';
import { addCounts, applyLoad, eachOnce, times, type LoadResult } from '../load';
import { say } from '../progress';
import type { Bench, Figure, Result } from '../result';
import { median, medianRatio } from '../statistics';

const BURST = 1_000;

/** Bursts of holds, each on its own ticket, alternating with the same bursts on the baseline. */
export async function holds(bench: Bench): Promise<Result> {
  const results = [await bursts(bench, 16), await bursts(bench, 64)];
  return {
    figures: results.flatMap(({ figures }) => figures),
    wrong: addCounts(results.map(({ wrong }) => wrong)),
    raw: results.map(({ raw }) => raw),
  };
}

async function bursts({ options, target, baseline, market }: Bench, connections: number): Promise<Result> {
  say(`listing ${options.rounds * BURST} tickets`);
  const tickets = await market.createTickets(options.rounds * BURST);
  const system: LoadResult[] = [];
  const baselines: Record<Durability, LoadResult[]> = { default: [], durable: [] };
  for (let round = 0; round < options.rounds; round++) {
    say(`holds, ${connections} connections, round ${round + 1} of ${options.rounds}`);
    for (const durability of durabilities) {
      const next = times(BURST, () => baseline.hold(durability));
      baselines[durability].push(await applyLoad({ origins: baseline.origins, connections, next }));
    }
    const burst = tickets.splice(0, BURST);
    const next = eachOnce(burst, (ticketId) => market.hold(ticketId));
    system.push(await applyLoad({ origins: target.origins('orders'), connections, next }));
    await market.settle();
  }
  const rates = system.map(({ rate }) => rate);
  return {
    figures: durabilities.map((durability): Figure => {
      const baselineRates = baselines[durability].map(({ rate }) => rate);
      return {
        name: `${BURST} holds at ${connections} connections; baseline: ${durability} writes`,
        unit: '/s',
        measured: median(rates),
        baseline: median(baselineRates),
        ratio: medianRatio(rates, baselineRates),
        aim: { of: 'ratio', atLeast: 0.7 },
      };
    }),
    wrong: addCounts([...system, ...baselines.default, ...baselines.durable].map(({ wrong }) => wrong)),
    raw: { connections, system, baselines },
  };
}
