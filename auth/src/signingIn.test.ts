import { until } from '@ticketing/common/testing';
import * as argon2 from '@node-rs/argon2';
import { Counts, Sessions, Users } from './store';
import { cookieIn, refusal, startAuth } from './testing';
import { holdVerify } from './testing/hashing';

/** The real library, recording what it was asked to compare. */
jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, verify: jest.fn(real.verify) };
});
const verify = jest.mocked(argon2.verify);

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
afterEach(async () => {
  await auth.clear();
  verify.mockClear();
});
afterAll(() => auth.stop());

const ANN = 'ann@test.com';
/** An account, and the cookie by which it knows a browser. */
async function known() {
  const answer = await auth.post('signup', { email: ANN, password: 'correct horse' }).expect(201);
  return { id: (answer.body as { id: string }).id, device: cookieIn(answer, ['device']), cookie: cookieIn(answer) };
}
const signIn = (device: string, password?: string) => auth.signIn(ANN, password).set('Cookie', device);

test('the session of a browser that the account knows is stored while the password is compared', async () => {
  const { device } = await known();
  const release = holdVerify(verify);
  const signedIn = signIn(device).then((answer) => answer);
  await until(async () => (await Sessions.countDocuments()) === 2);
  release();
  const answer = await signedIn;
  expect(answer.status).toBe(200);
  expect((await auth.list(cookieIn(answer))).map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true]);
});

test('so is what it has no room for counted, and what is over deleted', async () => {
  const { id, device } = await known();
  const [lastUsedAt, expiresAt] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 86_400_000)];
  const one = { userId: id, generation: 1, browser: null, network: '', lastUsedAt, expiresAt };
  await Users.updateOne({ _id: id }, { generation: 1 });
  await Sessions.deleteMany();
  await Sessions.create([
    ...Array.from({ length: 110 }, () => one),
    { ...one, generation: 0, lastUsedAt: new Date(0) },
  ]);
  const spies = (['countDocuments', 'deleteMany'] as const).map((name) => jest.spyOn(Sessions.collection, name));
  const calls = () => spies.map(({ mock }) => mock.calls.length);
  const release = holdVerify(verify);
  const signedIn = signIn(device).then((answer) => answer);
  await until(() => calls().every((count) => count === 1));
  expect(await Sessions.collection.findOne({ endedAt: { $ne: null } })).toBeNull();
  release();
  const answer = await signedIn;
  // What has ended since is counted once more.
  expect(calls()).toEqual([2, 1]);
  spies.forEach((spy) => spy.mockRestore());
  expect(await auth.list(cookieIn(answer))).toHaveLength(100);
  expect(await Sessions.exists({ generation: 0 })).toBeNull();
});

test.each<[string, (known: { id: string; device: string }) => Promise<string>]>([
  ['a browser that the account does not know', () => Promise.resolve('')],
  [
    'a known browser of a frozen account',
    async ({ id, device }) => {
      await Users.updateOne({ _id: id }, { frozenAt: new Date() });
      return device;
    },
  ],
  [
    'a known browser that needs a second step',
    async ({ id, device }) => {
      await Users.updateOne({ _id: id }, { twoStepSince: new Date() });
      return device;
    },
  ],
])('nothing is stored for %s before the password is found right', async (_whose, prepare) => {
  const cookie = await prepare(await known());
  const release = holdVerify(verify);
  const insert = jest.spyOn(Sessions.collection, 'insertOne');
  const answered = signIn(cookie).then((answer) => answer);
  await until(() => verify.mock.calls.length === 1);
  expect(insert).not.toHaveBeenCalled();
  release();
  await answered;
  insert.mockRestore();
});

test('a wrong password from a known browser leaves no session, and ends none', async () => {
  const { id, device, cookie } = await known();
  const day = new Date(Date.now() + 86_400_000);
  const one = { userId: id, generation: 0, browser: null, network: '', lastUsedAt: new Date(), expiresAt: day };
  await Sessions.create(Array.from({ length: 99 }, () => one));
  await signIn(device, 'wrong').expect(400, refusal('invalid-credentials'));
  expect(await Sessions.countDocuments({ endedAt: null })).toBe(100);
  expect(await auth.list(cookie)).toHaveLength(100);
});

test('nor does one that comes with a session, which goes on', async () => {
  const { device, cookie } = await known();
  await signIn(`${device}; ${cookie}`, 'wrong').expect(400);
  expect(await auth.list(cookie)).toMatchObject([{ isCurrent: true }]);
  const next = cookieIn(await signIn(`${device}; ${cookie}`).expect(200));
  expect(await auth.list(next)).toMatchObject([{ isCurrent: true }]);
  expect((await auth.currentUser(cookie)).body).toEqual({ currentUser: null });
});

test('an unknown address costs the same queries as one of an account that does not know the browser', async () => {
  await known();
  const names = ['find', 'findOne', 'findOneAndUpdate', 'updateOne', 'insertOne', 'insertMany', 'deleteOne'] as const;
  const calls = [Users, Counts, Sessions].flatMap(({ collection }) =>
    names.map((name) => jest.spyOn(collection, name).mockName(`${collection.name} ${name}`)),
  );
  const isSweep = ([filter]: unknown[]) => JSON.stringify(filter).includes('outbox.');
  const queries: string[][] = [];
  for (const email of [ANN, 'bob@test.com']) {
    await auth.signIn(email, 'wrong').expect(400);
    queries.push(calls.flatMap((spy) => spy.mock.calls.flatMap((call) => (isSweep(call) ? [] : spy.getMockName()))));
    calls.forEach((spy) => spy.mockClear());
  }
  calls.forEach((spy) => spy.mockRestore());
  expect(queries[0]).toContain('users find');
  expect(queries[1]).toEqual(queries[0]);
});
