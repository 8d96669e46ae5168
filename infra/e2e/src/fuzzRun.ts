import { parseArgs } from 'node:util';
import { acquaint, fuzz } from './fuzz';

/** `npm run fuzz -w infra/e2e -- --requests 20000 --seed 7`: generated requests to the system that runs at `--url`. */
async function main() {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '20000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      url: { type: 'string', default: 'http://localhost:3000' },
    },
  });
  const [requests, seed] = [Number(values.requests), Number(values.seed)];
  console.log(`${requests} requests to ${values.url}, seed ${seed}`);
  const faults = await fuzz(values.url, await acquaint(values.url), { requests, seed });
  for (const { shot, outcome } of faults) console.log(outcome, JSON.stringify(shot));
  console.log(`${faults.length} faults`);
  process.exitCode = faults.length ? 1 : 0;
}

void main();
