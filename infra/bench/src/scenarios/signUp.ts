import { randomBytes } from 'node:crypto';
import { post, send, type Call } from '../http';
import { password } from '../market';
import { say } from '../progress';
import type { Bench, Figure, Result } from '../result';
import { median } from '../statistics';

const AT_ONCE = 200;
const ALONE = 40;
/** Sign-ups and sign-ins before that are not measured: what is measured runs optimized, as in `warmUp`. */
const BEFORE = 100;
/** Wrong passwords of known and unknown addresses: together fewer than the failures that a network may have in a quarter of an hour. */
const PAIRS = 32;

const newAddress = () => `bench-${randomBytes(8).toString('hex')}@example.com`;
const signIn = (email: string, typed: string, expect: number[], cookie = ''): Call =>
  post('/api/users/signin', { email, password: typed }, cookie ? { cookie } : {}, expect);

/** Response time of sign-ups, of sign-ins while 200 people sign up from one address, and of failed ones for addresses with and without an account. */
export async function signUp(bench: Bench): Promise<Result> {
  const alone = await oneAtATime(bench);
  const [waits, failures] = [await whileOthersSignUp(bench), await failed(bench)];
  const known = median(failures.known);
  const figures: Figure[] = [
    {
      name: `sign-up, one at a time: median of ${ALONE}; baseline: a sign-in from a known browser`,
      unit: 'ms',
      measured: median(alone.signUps),
      baseline: median(alone.known),
      ratio: median(alone.signUps) / median(alone.known),
    },
    {
      name: `sign-in from a new browser, one at a time: median of ${ALONE}; baseline: from a known one`,
      unit: 'ms',
      measured: median(alone.unknown),
      baseline: median(alone.known),
      ratio: median(alone.unknown) / median(alone.known),
    },
    {
      name: `sign-in while ${AT_ONCE} sign up: median of ${waits.length}`,
      unit: 'ms',
      measured: median(waits),
      aim: { of: 'measured', atMost: 1_000 },
    },
    {
      name: 'failed sign-in, no such account; baseline: wrong password',
      unit: 'ms',
      measured: median(failures.unknown),
      baseline: known,
      ratio: median(failures.unknown) / known,
    },
  ];
  return { figures, wrong: {}, raw: { alone, waits, failures } };
}

/** How long signing up and signing in take on an idle system: both mostly hash the password. */
async function oneAtATime({ market, target }: Bench) {
  const [origin] = target.origins('auth');
  const [signUps, known, unknown]: [number[], number[], number[]] = [[], [], []];
  say(`${ALONE} sign in, from known and new browsers, and sign up, one at a time`);
  for (let turn = 0; turn < BEFORE + ALONE; turn++) {
    const { email = '', cookie = '' } = market.buyers[turn % market.buyers.length] ?? {};
    const device = /(?:__Host-)?device=[^;]+/.exec(cookie)?.[0];
    if (!device) throw new Error('A buyer has no device cookie');
    known.push(await timed(origin, signIn(email, password, [200], device)));
    unknown.push(await timed(origin, signIn(email, password, [200])));
  }
  // Last: the messages to new accounts are sent meanwhile.
  for (let turn = 0; turn < BEFORE + ALONE; turn++)
    signUps.push(await timed(origin, post('/api/users/signup', { email: newAddress(), password })));
  return { signUps: signUps.slice(BEFORE), known: known.slice(BEFORE), unknown: unknown.slice(BEFORE) };
}

async function whileOthersSignUp({ market, options, target }: Bench): Promise<number[]> {
  const [origin] = target.origins('auth');
  const waits: number[] = [];
  for (let round = 0; round < options.rounds; round++) {
    say(`${AT_ONCE} people sign up at once, round ${round + 1} of ${options.rounds}`);
    let signingUp = true;
    // Beyond its places in the queue and its hourly limit, an address is refused.
    const newcomer = () => post('/api/users/signup', { email: newAddress(), password }, {}, [201, 429, 503]);
    const all = Promise.all(Array.from({ length: AT_ONCE }, () => send(origin, newcomer()))).finally(
      () => (signingUp = false),
    );
    for (let turn = 0; signingUp; turn++) {
      const { email = '' } = market.buyers[turn % market.buyers.length] ?? {};
      waits.push(await timed(origin, signIn(email, password, [200])));
    }
    await all;
  }
  return waits;
}

async function failed({ market, target }: Bench) {
  const [origin] = target.origins('auth');
  const [known, unknown]: [number[], number[]] = [[], []];
  say(`${PAIRS} wrong passwords, and as many unknown addresses`);
  for (let pair = 0; pair < PAIRS; pair++) {
    const { email = '' } = market.buyers[pair % market.buyers.length] ?? {};
    known.push(await timed(origin, signIn(email, 'a wrong password', [400])));
    unknown.push(await timed(origin, signIn(newAddress(), 'a wrong password', [400])));
  }
  return { known, unknown };
}

async function timed(origin: string, call: Call): Promise<number> {
  const started = performance.now();
  await send(origin, call);
  return performance.now() - started;
}
