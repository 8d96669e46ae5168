import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as argon2 from '@node-rs/argon2';
import { hashPassword, hashWhile, inTurn, matches } from './passwords';
import { holdHash } from './testing/hashing';

/** The real library, recording what it was asked to compute. */
jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, hash: jest.fn(real.hash), verify: jest.fn(real.verify) };
});
const [hash, verify] = [jest.mocked(argon2.hash), jest.mocked(argon2.verify)];
beforeEach(() => verify.mockClear());

test('a hash matches only its own password', async () => {
  const hash = await hashPassword('password');
  expect(await matches(hash, 'password')).toBe(true);
  expect(await matches(hash, 'Password')).toBe(false);
  expect(await matches(undefined, 'no password has this hash')).toBe(false);
});

test("a hash is argon2id with OWASP's parameters, and a salt of its own each time", async () => {
  const [one, other] = [await hashPassword('password'), await hashPassword('password')];
  expect(one).not.toBe(other);
  for (const hash of [one, other]) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}$/);
});

test.each(['wrong', 'wro\u0308ng'])(
  'for %j an unknown account costs the same work as a known one',
  async (password) => {
    const settings = () => verify.mock.calls.map(([hash]) => (hash as string).split('$').slice(0, 4));
    await matches(await hashPassword('password'), password);
    const work = settings();
    expect(work.length).toBeGreaterThan(0);
    verify.mockClear();
    await matches(undefined, password);
    expect(settings()).toEqual(work);
  },
);

test('accents may be composed or decomposed, even in passwords that were hashed as typed', async () => {
  const [composed, decomposed] = ['p\u00e4ssword', 'pa\u0308ssword'];
  const hash = await hashPassword(decomposed);
  expect(await matches(hash, composed)).toBe(true);
  expect(await matches(hash, decomposed)).toBe(true);
  const old = await argon2.hash(decomposed);
  expect(await matches(old, decomposed)).toBe(true);
  expect(await matches(old, 'password')).toBe(false);
});

/** Work that lasts until the test ends it. */
function lasting() {
  let end: () => void = () => undefined;
  const lasts = new Promise<void>((resolve) => (end = resolve));
  return { work: () => lasts, end };
}

test('sign-ins do not wait behind sign-ups', async () => {
  const done: string[] = [];
  const first = lasting();
  const all = Array.from({ length: 100 }, (_, at) =>
    inTurn('sign-up', `10.0.0.${at}`, async () => {
      await first.work();
      done.push('sign-up');
    }),
  );
  all.push(inTurn('sign-in', '10.0.1.1', () => Promise.resolve(void done.push('sign-in'))));
  first.end();
  await Promise.all(all);
  expect(done).toHaveLength(101);
  // Only what was already being hashed finishes before it.
  expect(done.indexOf('sign-in')).toBeLessThan(availableParallelism());
});

test('each queue is bounded, and no network can fill it', async () => {
  const { work, end } = lasting();
  const refused: unknown[] = [];
  const ask = (network: string) =>
    inTurn('sign-in', network, work).catch((error: unknown) => {
      refused.push(error);
    });
  const flood = Array.from({ length: 60 }, () => ask('10.0.0.1'));
  await Promise.all(flood.slice(50));
  expect(refused).toHaveLength(10);
  expect(refused[0]).toMatchObject({ code: 'sign-ins-busy', status: 503 });
  const others = Array.from({ length: 460 }, (_, at) => ask(`10.1.${at % 100}.1`));
  await Promise.all(others.slice(450));
  expect(refused).toHaveLength(20);
  end();
  await Promise.all([...flood, ...others]);
  await inTurn('sign-in', '10.0.0.1', () => Promise.resolve());
});

test('nor can the many networks of one IPv6 site fill it', async () => {
  const { work, end } = lasting();
  const refused: unknown[] = [];
  const ask = (site: string, at: number) =>
    inTurn('sign-in', `2001:db8:${site}:${at.toString(16)}::/64`, work).catch((error: unknown) => refused.push(error));
  const flood = Array.from({ length: 200 }, (_, at) => ask('1', at));
  await Promise.all(flood.slice(150));
  expect(refused).toHaveLength(50);
  const other = ask('2', 1);
  end();
  await Promise.all([...flood, other]);
  expect(refused).toHaveLength(50);
});

test('a failed job frees its slot for the next one', async () => {
  const failing = Array.from({ length: 3 }, () => inTurn('sign-in', '10.0.0.1', () => Promise.reject(new Error('no'))));
  expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await inTurn('sign-up', '10.0.0.1', () => Promise.resolve('done'))).toBe('done');
});

test('a hash leaves its slot as soon as it is done, whatever is done meanwhile', async () => {
  const { work, end } = lasting();
  const hashing = Array.from({ length: availableParallelism() }, (_, at) =>
    hashWhile('sign-up', `10.0.0.${at}`, 'password', work),
  );
  expect(await inTurn('sign-up', '10.0.1.1', () => Promise.resolve('done'))).toBe('done');
  end();
  for (const [passwordHash] of await Promise.all(hashing)) expect(await matches(passwordHash, 'password')).toBe(true);
});

test('nor any earlier, if that fails', async () => {
  const release = holdHash(hash);
  let isOver = false;
  const failed = hashWhile('sign-up', '10.0.0.1', 'password', () => Promise.reject(new Error('refused')));
  void failed.catch(() => (isOver = true));
  await nextTurn();
  expect(isOver).toBe(false);
  release();
  await expect(failed).rejects.toThrow('refused');
});
