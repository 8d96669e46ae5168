import type { Call } from '../http';
import { addCounts, applyLoad, times, type LoadResult } from '../load';
import { say } from '../progress';
import type { Bench, Result } from '../result';
import { median, medianRatio } from '../statistics';
import type { Origins } from '../target';

const REQUESTS = 200;

/** 200 concurrent buyers of one ticket, alternating with two bursts of 200 holds on the baseline. */
export async function rush({ baseline, market, options, target }: Bench): Promise<Result> {
  const tickets = await market.createTickets(options.rounds);
  const system: LoadResult[] = [];
  const baselines: LoadResult[] = [];
  for (const [round, ticketId] of tickets.entries()) {
    say(`${REQUESTS} buyers for one ticket, round ${round + 1} of ${options.rounds}`);
    baselines.push(await atOnce(baseline.origins, () => baseline.hold('default')));
    system.push(await atOnce(target.origins('orders'), () => market.hold(ticketId, [201, 400])));
    await market.settle();
  }
  const [durations, bursts] = [
    system.map(({ seconds }) => seconds * 1000),
    baselines.map(({ seconds }) => 2 * seconds * 1000),
  ];
  const winners = system.map(({ statuses }) => statuses['201'] ?? 0);
  return {
    figures: [
      {
        name: `${REQUESTS} buyers for one ticket: winners in all rounds`,
        unit: '',
        measured: winners.reduce((sum, number) => sum + number, 0),
        aim: { of: 'measured', atLeast: options.rounds, atMost: options.rounds },
      },
      {
        name: `${REQUESTS} buyers for one ticket; baseline: two bursts of ${REQUESTS}`,
        unit: 'ms',
        measured: median(durations),
        baseline: median(bursts),
        ratio: medianRatio(durations, bursts),
        aim: { of: 'ratio', atMost: 1 },
      },
    ],
    wrong: addCounts([...system, ...baselines].map(({ wrong }) => wrong)),
    raw: { system, baselines },
  };
}

function atOnce(origins: Origins, toCall: () => Call): Promise<LoadResult> {
  return applyLoad({ origins, connections: REQUESTS, next: times(REQUESTS, toCall) });
}
