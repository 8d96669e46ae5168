import { Failures } from './store';
import { refusal, startAuth } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
beforeEach(() => auth.signUp('ann@test.com'));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

const times = <T>(count: number, call: (at: number) => PromiseLike<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => call(at)));
const count = (answers: { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

test('after ten failures of an account not even the right password helps, from anywhere', async () => {
  for (let failure = 0; failure < 10; failure++)
    await auth.signIn('ann@test.com', 'wrong', `10.0.0.${failure}`).expect(400);
  const res = await auth.signIn('Ann@Test.com', 'password', '10.0.1.1').expect(429);
  expect(res.body).toEqual(refusal('too-many-failed-sign-ins', undefined, { minutes: 15 }));
  expect(res.get('Retry-After')).toMatch(/^\d+$/);
  expect(Number(res.get('Retry-After'))).toBeGreaterThan(850);
  expect(Number(res.get('Retry-After'))).toBeLessThanOrEqual(900);
  await auth.signUp('bob@test.com');
  await auth.signIn('bob@test.com').expect(200);
});

test('ends with its window', async () => {
  for (let failure = 0; failure < 10; failure++) await auth.signIn('ann@test.com', 'wrong').expect(400);
  await auth.signIn('ann@test.com').expect(429);
  await Failures.updateMany({}, { expire: new Date(0) });
  await auth.signIn('ann@test.com').expect(200);
});

test('of twenty wrong ones at once ten are looked at', async () => {
  const answers = await times(20, () => auth.signIn('ann@test.com', 'wrong'));
  expect([count(answers, 400), count(answers, 429)]).toEqual([10, 10]);
});

test('an address that nobody has is limited alike', async () => {
  const answers = await times(20, () => auth.signIn('nobody@test.com', 'wrong'));
  expect([count(answers, 400), count(answers, 429)]).toEqual([10, 10]);
});

test('right passwords do not count: twenty at once for one account, and after nine failures', async () => {
  expect(count(await times(20, () => auth.signIn('ann@test.com')), 200)).toBe(20);
  expect(await Failures.countDocuments()).toBe(0);
  await times(9, () => auth.signIn('ann@test.com', 'wrong'));
  expect(count(await times(20, () => auth.signIn('ann@test.com')), 200)).toBe(20);
});

test('a wrong current password counts as well', async () => {
  const { cookie } = await auth.signUp('bob@test.com');
  const answers = await times(12, () => auth.change(cookie, { currentPassword: 'wrong', newPassword: 'password 2' }));
  expect([count(answers, 400), count(answers, 429)]).toEqual([10, 2]);
  await auth.signIn('bob@test.com').expect(429);
});

test('after a hundred failures from an address nobody signs in from there', async () => {
  const answers = await times(110, (at) => auth.signIn(`person${at % 20}@test.com`, 'wrong', '10.9.9.9'));
  expect([count(answers, 400), count(answers, 429)]).toEqual([100, 10]);
  const res = await auth.signIn('ann@test.com', 'password', '10.9.9.9').expect(429);
  expect(Number(res.get('Retry-After'))).toBeGreaterThan(0);
  await auth.signIn('ann@test.com', 'password', '10.9.9.8').expect(200);
  await auth.signIn('ann@test.com', 'password', '10.9.9.7, 10.9.9.9').expect(429);
});
