import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { operatorUri, startStack } from '@ticketing/local';
import { startBaseline } from './baseline';
import { Market } from './market';
import { startMongod } from './mongod';
import { readOptions, usage, type Options, type ScenarioName } from './options';
import { reporter, say } from './progress';
import { describeMachine, formatMachine, formatResult, heading } from './report';
import type { Bench, Result, Scenario } from './result';
import { desk } from './scenarios/desk';
import { firstStart } from './scenarios/firstStart';
import { holds } from './scenarios/holds';
import { latency } from './scenarios/latency';
import { list } from './scenarios/list';
import { messages } from './scenarios/messages';
import { atRest } from './scenarios/rest';
import { rush } from './scenarios/rush';
import { signIn } from './scenarios/signIn';
import { signOut } from './scenarios/signOut';
import { signUp } from './scenarios/signUp';
import { sustained } from './scenarios/sustained';
import { upload } from './scenarios/upload';
import { pidsOf, remoteTarget, stackTarget } from './target';
import { warmUp } from './warmUp';

const scenarios: Record<ScenarioName, Scenario> = {
  ...{ holds, sustained, list, latency, rush, 'sign-in': signIn, 'sign-up': signUp },
  ...{ 'sign-out': signOut, upload, messages, desk },
  'first-start': firstStart,
};

/** Those that need no other requests before them. */
const warmsItself: ScenarioName[] = ['sign-up', 'desk', 'first-start'];

/** A failed scenario does not stop the others. */
const asResult = (error: unknown): Result => ({ figures: [], wrong: {}, failure: String(error) });

/** Cleanup functions, called in reverse order. */
type Releaser = () => Promise<unknown> | void;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(usage);
  const interrupt = new AbortController();
  const interrupted = new Promise<never>((_resolve, reject) => {
    interrupt.signal.addEventListener('abort', () => reject(new Error('Interrupted')));
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interrupt.abort());
  interrupt.signal.addEventListener('abort', () => console.log('  … stopping'));
  const releasers: Releaser[] = [];
  try {
    await Promise.race([measure(options, releasers, interrupt.signal), interrupted]);
  } finally {
    for (const release of releasers.reverse()) await release();
  }
}

async function measure(options: Options, releasers: Releaser[], signal: AbortSignal): Promise<void> {
  const machine = describeMachine();
  const bench = await prepare(options, releasers, signal);
  const { market, target } = bench;
  const pids = target.stack && pidsOf(target.stack);
  if (options.only.some((name) => !warmsItself.includes(name))) await warmUp(bench);
  const results: Record<string, Result> = {};
  for (const name of options.only) results[name] = await scenarios[name](bench).catch(asResult);
  if (target.stack && pids) {
    await market.settle();
    results['at rest'] = await atRest(target.stack, pids).catch(asResult);
  }
  console.log(`\n${formatMachine(machine)}\n${heading}`);
  for (const result of Object.values(results)) console.log(formatResult(result));
  writeJson(options, { machine, options, results });
  if (Object.values(results).some(({ failure }) => failure)) process.exitCode = 1;
}

/** Starts everything the scenarios need: the system, unless it runs elsewhere, the baseline, and users. */
async function prepare(options: Options, releasers: Releaser[], signal: AbortSignal): Promise<Bench> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ticketing-bench-'));
  releasers.push(() => fs.rmSync(folder, { recursive: true, force: true }));
  const { target, mongoUri } = await startTarget(options, folder, releasers, signal);
  const baseline = await startBaseline(mongoUri);
  releasers.push(() => baseline.stop());
  say('signing people up');
  return { options, target, baseline, market: await Market.open(target) };
}

async function startTarget(
  { url, replicas, proxy }: Options,
  folder: string,
  releasers: Releaser[],
  signal: AbortSignal,
) {
  if (url) {
    const mongod = await startMongod(folder);
    releasers.push(() => mongod.stop());
    return { target: remoteTarget(url), mongoUri: `mongodb://127.0.0.1:${mongod.port}/baseline?directConnection=true` };
  }
  // A few buyers hold all tickets.
  const env = { HOLDS_PER_BUYER: '1000000000' };
  const starting = startStack({ data: path.join(folder, 'stack'), replicas, reporter, env }, signal);
  releasers.push(() =>
    starting.then(
      (stack) => stack.stop(),
      () => undefined,
    ),
  );
  const stack = await starting;
  return { target: stackTarget(stack, proxy), mongoUri: operatorUri(stack, 'mongo-orders', 'baseline') };
}

function writeJson({ json }: Options, report: object): void {
  if (!json) return console.log(JSON.stringify(report));
  fs.writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`Raw figures: ${json}`);
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
