import { parseArgs } from 'node:util';

const scenarioNames = [
  'holds',
  'sustained',
  'list',
  'latency',
  'rush',
  'sign-in',
  'sign-up',
  'sign-out',
  'upload',
  'messages',
  'desk',
  'first-start',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

export const usage = `Usage: npm run bench -- [options]

  --url URL      measure the system at URL instead of a stack of our own (without figures of its processes)
  --proxy         reach our own stack through its proxy, instead of each service on its own port
  --replicas N   run each service N times (1)
  --only A,B     of the scenarios ${scenarioNames.join(', ')} (all)
  --rounds N     how often baseline and system are measured in turn (5)
  --seconds N    how long holds are sustained (30)
  --fill N       how many tickets the long list has (100000)
  --orders N     how many sales the support desk looks among (1000000)
  --json FILE    where the raw figures go (the last line of the output)
  --help         show this`;

/** What to measure, and how long. */
export interface Options {
  url?: string;
  proxy: boolean;
  replicas: number;
  only: ScenarioName[];
  rounds: number;
  seconds: number;
  fill: number;
  orders: number;
  json?: string;
  help: boolean;
}

/**
 * Parses the command line.
 * @throws Error for the user, for anything not listed in `usage`
 */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string' },
      proxy: { type: 'boolean', default: false },
      replicas: { type: 'string', default: '1' },
      only: { type: 'string', default: scenarioNames.join(',') },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '30' },
      fill: { type: 'string', default: '100000' },
      orders: { type: 'string', default: '1000000' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    url: values.url && new URL(values.url).origin,
    replicas: whole('--replicas', values.replicas, 9),
    only: values.only.split(',').map(scenarioName),
    rounds: whole('--rounds', values.rounds, 100),
    seconds: whole('--seconds', values.seconds, 3600),
    fill: whole('--fill', values.fill, 10_000_000),
    orders: whole('--orders', values.orders, 10_000_000),
  };
}

function scenarioName(name: string): ScenarioName {
  const known = scenarioNames.find((scenario) => scenario === name);
  if (!known) throw new Error(`--only takes names among ${scenarioNames.join(', ')}, not "${name}"`);
  return known;
}

function whole(name: string, text: string, max: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= max) return number;
  throw new Error(`${name} takes a whole number from 1 to ${max}, not "${text}"`);
}
