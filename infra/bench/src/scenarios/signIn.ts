import { setTimeout as sleep } from 'node:timers/promises';
import { get, post, send } from '../http';
import { password, type Person } from '../market';
import { say } from '../progress';
import type { Bench, Result } from '../result';
import { percentile } from '../statistics';

const ASKING = 4;
const PAUSE_MS = 5;

/** Response time of `auth`'s currentuser while 16 people sign in at once. */
export async function signIn({ market, options, target }: Bench): Promise<Result> {
  const [origin] = target.origins('auth');
  const waits: number[] = [];
  for (let round = 0; round < options.rounds; round++) {
    say(`${market.buyers.length} people sign in at once, round ${round + 1} of ${options.rounds}`);
    let signingIn = true;
    const all = Promise.all(
      market.buyers.map(({ email }) => send(origin, post('/api/users/signin', { email, password }, {}, [200]))),
    ).finally(() => (signingIn = false));
    const ask = async ({ cookie }: Person) => {
      while (signingIn) {
        const started = performance.now();
        await send(origin, get('/api/users/currentuser', { cookie }));
        waits.push(performance.now() - started);
        await sleep(PAUSE_MS);
      }
    };
    await Promise.all([all, ...market.buyers.slice(0, ASKING).map(ask)]);
  }
  const aim = { of: 'measured', atMost: 50 } as const;
  const name = `GET currentuser while ${market.buyers.length} sign in: p99 of ${waits.length}`;
  return { figures: [{ name, unit: 'ms', measured: percentile(waits, 0.99), aim }], wrong: {}, raw: waits };
}
