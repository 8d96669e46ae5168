import { hashPassword, inTurn, matches } from './passwords';

const time = async (work: () => Promise<unknown>) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

test('a hash fits its password alone', async () => {
  const hash = await hashPassword('password');
  expect(await matches(hash, 'password')).toBe(true);
  expect(await matches(hash, 'Password')).toBe(false);
  expect(await matches(undefined, 'no password has this hash')).toBe(false);
});

test('an account that does not exist costs as much as a wrong password', async () => {
  const hash = await hashPassword('password');
  const ratios: number[] = [];
  for (let round = 0; round < 9; round++) {
    const wrong = await time(() => matches(hash, 'wrong'));
    ratios.push((await time(() => matches(undefined, 'wrong'))) / wrong);
  }
  const median = ratios.sort((a, b) => a - b)[4];
  expect(median).toBeGreaterThan(0.5);
  expect(median).toBeLessThan(2);
});

test('work beyond five hundred that wait is refused at once, and the rest is done', async () => {
  let done = 0;
  const work = () => inTurn(() => Promise.resolve(done++));
  const taken: Promise<unknown>[] = [];
  const refused = () => {
    for (;;) taken.push(work());
  };
  expect(refused).toThrow(expect.objectContaining({ code: 'sign-ins-busy' }));
  expect(taken.length).toBeGreaterThanOrEqual(500);
  await Promise.all(taken);
  expect(done).toBe(taken.length);
  await work();
});
