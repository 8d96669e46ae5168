import { setTimeout as sleep } from 'node:timers/promises';
import { post, send } from '../http';
import { password, sessionIn } from '../market';
import { say } from '../progress';
import type { Bench, Result } from '../result';
import { median } from '../statistics';

const TURNS = 40;
const PRIVATE = { tickets: '/api/tickets/mine', orders: '/api/orders', payments: '/api/payments/payouts' } as const;
const ASK_EVERY_MS = 5;

/** The time from a sign-out's response until every replica of every service refuses the session. */
export async function signOut({ market, target }: Bench): Promise<Result> {
  const [auth] = target.origins('auth');
  const [{ email } = { email: '' }] = market.buyers;
  const asked = (Object.keys(PRIVATE) as (keyof typeof PRIVATE)[]).flatMap((service) =>
    target.origins(service).map((origin) => ({ origin, path: PRIVATE[service] })),
  );
  say(`${TURNS} sign out, one at a time`);
  const waits: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const cookie = sessionIn(await send(auth, post('/api/users/signin', { email, password }, {}, [200])));
    await send(auth, post('/api/users/signout', {}, { cookie }, [200]));
    const ended = performance.now();
    await Promise.all(asked.map(({ origin, path }) => untilRefused(origin, path, cookie)));
    waits.push(performance.now() - ended);
  }
  const name = `sign-out → refused by all ${asked.length}`;
  return {
    figures: [
      { name: `${name}: median of ${TURNS}`, unit: 'ms', measured: median(waits) },
      { name: `${name}: longest`, unit: 'ms', measured: Math.max(...waits), aim: { of: 'measured', atMost: 1_000 } },
    ],
    wrong: {},
    raw: waits,
  };
}

async function untilRefused(origin: string, path: string, cookie: string): Promise<void> {
  const ask = () => send(origin, { method: 'GET', path, headers: { cookie }, expect: [200, 401] });
  while ((await ask()).status === 200) await sleep(ASK_EVERY_MS);
}
