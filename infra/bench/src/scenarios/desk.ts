import { createHmac, randomBytes } from 'node:crypto';
import { secretOf } from '@ticketing/local';
import { fillSales } from '../fill';
import { get, send } from '../http';
import { say } from '../progress';
import type { Bench, Figure, Result } from '../result';
import { percentile } from '../statistics';

/** Views of each page in a round, after the warm-up. */
const [VIEWS, WARM] = [20, 10];
const AIM_MS = 200;

/**
 * Response time of the support desk's pages among very many orders; only on our own stack, whose folder has its session
 * key (no JWT_KEY is set).
 */
export async function desk({ market, options, target }: Bench): Promise<Result> {
  const { stack } = target;
  if (!stack) throw new Error('The pages of the support desk are measured on our own stack: leave out --url');
  const sale = await market.sell();
  say(`filling in ${options.orders} sales`);
  const started = performance.now();
  await fillSales(stack, sale, options.orders);
  say(`filled in within ${Math.round((performance.now() - started) / 1000)} s`);
  await market.settle();
  const cookie = deskCookie(secretOf(stack, 'jwt-key'));
  const figures: Figure[] = [];
  const raw: Record<string, number[]> = {};
  const wrong: Record<string, number> = {};
  for (const [name, path] of Object.entries({
    queue: '/support',
    'an order': `/support/orders/${sale.id}`,
    'a person': `/support/people/${sale.buyer}`,
    'what is found by id': `/support?q=${sale.buyer}`,
  })) {
    const waits: number[] = [];
    for (let view = -WARM; view < VIEWS * options.rounds; view++) {
      const asked = performance.now();
      const { body } = await send(stack.url, get(path, { cookie, 'accept-language': 'en' }));
      if (view < 0) continue;
      waits.push(performance.now() - asked);
      if (hasGap(body)) wrong[`${name}, with a gap`] = (wrong[`${name}, with a gap`] ?? 0) + 1;
    }
    raw[name] = waits;
    figures.push({
      name: `desk among ${options.orders} sales, ${name}: p95 of ${waits.length}`,
      unit: 'ms',
      measured: percentile(waits, 0.95),
      aim: { of: 'measured', atMost: AIM_MS },
    });
  }
  return { figures, wrong, raw };
}

/** What a page says in place of a part whose service did not answer in time. */
const GAP = /(Accounts|Listings|Orders|Payments) can(['’]|&#x27;)t be reached|>What the support desk did .+ is missing/;

/** Whether a page lacks a part: then it is fast for nothing. */
export const hasGap = (body: string) => GAP.test(body);

/** The cookie of someone at the support desk, as auth would issue it. */
function deskCookie(key: string): string {
  const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
  const [id, sid, now] = [
    randomBytes(12).toString('hex'),
    randomBytes(12).toString('hex'),
    Math.floor(Date.now() / 1000),
  ];
  const person = { id, email: 'desk@example.com', sid, gen: 0, rol: 'support', aud: 'session' };
  const unsigned = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...person, iat: now, exp: now + 3_600 })}`;
  const jwt = `${unsigned}.${createHmac('sha256', key).update(unsigned).digest('base64url')}`;
  return `session=${Buffer.from(JSON.stringify({ jwt })).toString('base64')}`;
}
