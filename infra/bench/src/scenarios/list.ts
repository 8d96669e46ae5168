import { fillTickets } from '../fill';
import { get, send, type Call } from '../http';
import { addCounts, applyLoad, type LoadResult } from '../load';
import { say } from '../progress';
import type { Bench, Result } from '../result';
import { median, medianRatio } from '../statistics';

const CONNECTIONS = 16;
const SECONDS = 2;
const LENGTH = 20;

/** The list of 20, alternating with the baseline's, then again in a database with very many tickets. */
export async function list(bench: Bench): Promise<Result> {
  const { market, options } = bench;
  await market.createTickets(LENGTH);
  const short = await rounds(bench, 'list of 20');
  say(`filling in ${options.fill} tickets`);
  await fillTickets(bench, options.fill);
  await market.settle();
  const long = await rounds(bench, `list of 20 out of ${options.fill}`);

  // The rate expected now if the list had stayed short: the machine itself may have become faster or slower.
  const expected = short.ratio * median(long.baselines);
  return {
    figures: [
      {
        name: 'list of 20; baseline: bare lean find',
        unit: '/s',
        measured: median(short.rates),
        baseline: median(short.baselines),
        ratio: short.ratio,
        aim: { of: 'ratio', atLeast: 0.9 },
      },
      {
        name: `list of 20 out of ${options.fill}; baseline: the list before`,
        unit: '/s',
        measured: median(long.rates),
        baseline: expected,
        ratio: long.ratio / short.ratio,
        aim: { of: 'ratio', atLeast: 0.8 },
      },
    ],
    wrong: addCounts([short.wrong, long.wrong]),
    raw: { short: short.raw, long: long.raw },
  };
}

async function rounds({ baseline, options, target }: Bench, title: string) {
  const origins = target.origins('tickets');
  const call = get(`/api/tickets?limit=${LENGTH}`);
  await requireFullList(origins[0], call);
  const system: LoadResult[] = [];
  const baselines: LoadResult[] = [];
  for (let round = 0; round < options.rounds; round++) {
    say(`${title}, round ${round + 1} of ${options.rounds}`);
    const load = { connections: CONNECTIONS, seconds: SECONDS };
    baselines.push(await applyLoad({ ...load, origins: baseline.origins, next: () => baseline.list() }));
    system.push(await applyLoad({ ...load, origins, next: () => call }));
  }
  const [rates, baselineRates] = [system.map(({ rate }) => rate), baselines.map(({ rate }) => rate)];
  const wrong = addCounts([...system, ...baselines].map((result) => result.wrong));
  return {
    rates,
    baselines: baselineRates,
    ratio: medianRatio(rates, baselineRates),
    wrong,
    raw: { system, baselines },
  };
}

async function requireFullList(origin: string, call: Call): Promise<void> {
  const { body } = await send(origin, call);
  const { length } = JSON.parse(body) as unknown[];
  if (length !== LENGTH) throw new Error(`${origin}${call.path} lists ${length} tickets instead of ${LENGTH}`);
}
