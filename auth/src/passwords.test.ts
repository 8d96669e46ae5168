import { hashPassword, inTurn, matches } from './passwords';

const median = async (work: () => Promise<unknown>) => {
  const times: number[] = [];
  for (let round = 0; round < 9; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[4] ?? 0;
};

test('a hash fits its password alone', async () => {
  const hash = await hashPassword('password');
  expect(await matches(hash, 'password')).toBe(true);
  expect(await matches(hash, 'Password')).toBe(false);
  expect(await matches(undefined, 'no password has this hash')).toBe(false);
});

test('an account that does not exist costs as much as a wrong password', async () => {
  const hash = await hashPassword('password');
  const wrong = await median(() => matches(hash, 'wrong'));
  const unknown = await median(() => matches(undefined, 'wrong'));
  expect(unknown / wrong).toBeGreaterThan(0.5);
  expect(unknown / wrong).toBeLessThan(2);
});

test('work beyond five hundred that wait is refused at once, and the rest is done', async () => {
  let done = 0;
  const work = () => inTurn(() => Promise.resolve(done++));
  const taken: Promise<unknown>[] = [];
  const refused = () => {
    for (;;) taken.push(work());
  };
  expect(refused).toThrow('Too many people are signing in: try again in a moment');
  expect(taken.length).toBeGreaterThanOrEqual(500);
  await Promise.all(taken);
  expect(done).toBe(taken.length);
  await work();
});
