import path from 'node:path';
import { parseArgs } from 'node:util';
import { acquaint, fuzz } from './fuzz';
import { watchRestarts } from './restarts';

/**
 * `npm run fuzz -w infra/e2e -- --requests 20000 --seed 7`: generated requests to the stack that runs on the folder
 * `--data` of the repository and is reached at `--url`.
 */
async function main() {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '20000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      url: { type: 'string', default: 'http://localhost:3000' },
      data: { type: 'string', default: '.local' },
    },
  });
  const [requests, seed] = [Number(values.requests), Number(values.seed)];
  const restarted = watchRestarts(path.resolve(__dirname, '../../..', values.data));
  console.log(`${requests} requests to ${values.url}, seed ${seed}`);
  const faults = await fuzz(values.url, await acquaint(values.url), { requests, seed });
  for (const { shot, outcome } of faults) console.log(outcome, JSON.stringify(shot));
  const ended = restarted();
  for (const name of ended) console.log(`restarted: ${name}`);
  console.log(`${faults.length} faults, ${ended.length} restarts`);
  process.exitCode = faults.length + ended.length ? 1 : 0;
}

void main();
