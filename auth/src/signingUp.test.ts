import { answers, freePort, startProcess, TEST_KEY, until } from '@ticketing/common/testing';
import * as argon2 from '@node-rs/argon2';
import mongoose from 'mongoose';
import { addressHash } from './counted';
import { Counts, Sessions, Users } from './store';
import { cookieIn, PASSWORD, refusal, startAuth } from './testing';
import { holdHash } from './testing/hashing';

/** The real library, recording what it was asked to compute. */
jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, hash: jest.fn(real.hash) };
});
const hash = jest.mocked(argon2.hash);

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth(20)));
afterEach(async () => {
  await auth.clear();
  hash.mockClear();
});
afterAll(() => auth.stop());

const ANN = 'ann@test.com';
const signUp = (email = ANN, network = '10.0.0.1') =>
  auth.post('signup', { email, password: PASSWORD }).set('X-Forwarded-For', network);
const counted = (key: string, points: number) => Counts.create({ key, points, expire: new Date(Date.now() + 600_000) });
const inUse = refusal('email-in-use', 'email');

test('the session is stored while the password is hashed', async () => {
  const release = holdHash(hash);
  const signedUp = signUp().then((answer) => answer);
  await until(() => Sessions.exists({}));
  expect(await Users.countDocuments()).toBe(0);
  release();
  const answer = await signedUp;
  expect(answer.status).toBe(201);
  expect(await auth.list(cookieIn(answer))).toMatchObject([{ isCurrent: true, network: '10.0.0.1' }]);
});

test('an address in use is neither hashed for nor given a session, however often it is tried', async () => {
  await signUp().expect(201);
  hash.mockClear();
  const tries = Array.from({ length: 20 }, (_, at) => signUp(ANN, `10.0.1.${at}`).expect(400, inUse));
  await Promise.all(tries);
  expect(hash).not.toHaveBeenCalled();
  expect(await Sessions.countDocuments()).toBe(1);
});

test('nor is a network that has had its sign-ups, whatever the address', async () => {
  await signUp(ANN, '10.0.0.2').expect(201);
  hash.mockClear();
  await counted('sign-ups:10.0.0.1', 20);
  const limited = refusal('sign-ups-limited', undefined, { minutes: 10 });
  for (const email of [ANN, 'bob@test.com']) await signUp(email).expect(429, limited);
  expect(hash).not.toHaveBeenCalled();
  expect(await Sessions.countDocuments()).toBe(1);
});

test('an address that has had its sign-ups for the day is given no session', async () => {
  await counted(`sign-ups-to:${addressHash(TEST_KEY)(ANN)}`, 5);
  await signUp().expect(429);
  expect(await Sessions.countDocuments()).toBe(0);
});

test('whoever loses an address to a sign-up elsewhere keeps no session', async () => {
  const release = holdHash(hash);
  const lost = signUp().then((answer) => answer);
  await until(() => Sessions.exists({}));
  await Users.create({ email: ANN, passwordHash: 'set elsewhere' });
  release();
  expect(await lost).toMatchObject({ status: 400, body: inUse });
  expect(await Sessions.countDocuments()).toBe(0);
});

test('of many sign-ups for one address at once one succeeds, with the only session', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => signUp(ANN, `10.0.2.${at}`)));
  const [won, ...others] = answers.filter(({ status }) => status === 201);
  expect(others).toEqual([]);
  expect(await Users.countDocuments()).toBe(1);
  expect(await Sessions.find().lean()).toMatchObject([{ userId: (won?.body as { id: string }).id }]);
});

test('needs no NATS: the account is published once that is back', async () => {
  await auth.nats.kill();
  const { id, cookie } = await auth.signUp(ANN);
  expect(await auth.list(cookie)).toHaveLength(1);
  await auth.nats.start();
  await until(() => auth.heard.some(({ aggregateId }) => aggregateId === id));
});

test('after a crash while the password is hashed, the address is free and nobody has the session', async () => {
  const { host, port, name } = mongoose.connection;
  const PORT = String(await freePort());
  const never = `require('@node-rs/argon2').hash = () => new Promise(() => undefined);`;
  const service = startProcess(__dirname, {
    ...{ PORT, MONGO_URI: `mongodb://${host}:${port}/${name}`, NATS_URL: `nats://127.0.0.1:${auth.nats.port}` },
    ...{ JWT_KEY: TEST_KEY, NATS_CLIENT_ID: 'auth-crashing' },
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
      `import { createRequire } from 'node:module'; const require = createRequire(process.argv[1]); ${never}`,
    )}`,
  });
  const url = `http://127.0.0.1:${PORT}`;
  await until(() => answers(`${url}/readyz`), 30_000);
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ email: ANN, password: PASSWORD });
  const unanswered = fetch(`${url}/api/users/signup`, { method: 'POST', headers, body }).catch(() => 'no answer');
  const left = await until(() => Sessions.findOne({}).lean());
  await service.stop('SIGKILL');
  expect(await unanswered).toBe('no answer');

  const { cookie, id } = await auth.signUp(ANN);
  expect(id).not.toBe(left.userId);
  expect(await auth.list(cookie)).toMatchObject([{ isCurrent: true }]);
  await auth.get(left.userId).expect(404);
  expect(left.expiresAt.getTime()).toBeGreaterThan(Date.now());
});
