import { TEST_KEY } from '@ticketing/common/testing';
import { addressHash } from './counted';
import { Counts } from './store';
import { cookieIn, PASSWORD, refusal, startAuth } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
beforeEach(() => auth.signUp('ann@test.com'));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

const times = <T>(count: number, call: (at: number) => PromiseLike<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => call(at)));
const count = (answers: { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

const LIMITED = refusal('too-many-failed-sign-ins', undefined, { minutes: 15 });
const fail = async (times: number, email: string, network = () => '10.0.0.1') => {
  for (let failure = 0; failure < times; failure++) await auth.signIn(email, 'wrong', network()).expect(400);
};

/** Counts failures as if they had happened; a hundred hashes would take too long. */
const failedBefore = (key: string, points: number) =>
  Counts.create({ key, points, expire: new Date(Date.now() + 600_000) });

test('after ten failures for an account from a network, even the right password is refused from there', async () => {
  await fail(10, 'ann@test.com');
  const res = await auth.signIn('Ann@Test.com').expect(429);
  expect(res.body).toEqual(LIMITED);
  expect(res.get('Retry-After')).toMatch(/^\d+$/);
  expect(Number(res.get('Retry-After'))).toBeGreaterThan(850);
  expect(Number(res.get('Retry-After'))).toBeLessThanOrEqual(900);
  await auth.signUp('bob@test.com');
  await auth.signIn('bob@test.com').expect(200);
});

test('a stranger elsewhere cannot lock anyone out', async () => {
  await fail(10, 'ann@test.com', () => '10.6.6.6');
  await auth.signIn('ann@test.com', 'wrong', '10.6.6.6').expect(429);
  await auth.signIn('ann@test.com').expect(200);
});

test('all addresses of an IPv6 network count as one', async () => {
  let host = 1;
  await fail(10, 'ann@test.com', () => `2001:db8:1:2::${host++}`);
  await auth.signIn('ann@test.com', PASSWORD, '2001:db8:1:2:9::1').expect(429);
  await auth.signIn('ann@test.com', PASSWORD, '2001:db8:1:3::1').expect(200);
});

test('many IPv6 networks of one site share the limits of ten', async () => {
  const inSite = (network: number) => `2001:db8:1:${network.toString(16)}::1`;
  await failedBefore('network-site:2001:db8:1::/48', 998);
  await fail(1, 'person1@test.com', () => inSite(1));
  await auth.signIn('ann@test.com', PASSWORD, inSite(2)).expect(200);
  await fail(1, 'person2@test.com', () => inSite(3));
  await auth.signIn('ann@test.com', PASSWORD, inSite(4)).expect(429);
  await auth.signIn('ann@test.com', PASSWORD, '2001:db8:2:4::1').expect(200);
  for (const [key, points] of Object.entries({ 'forgotten-here-site': 200, 'bad-links-site': 300 }))
    await failedBefore(`${key}:2001:db8:1::/48`, points);
  const from = (path: string, body: object) => auth.post(path, body).set('X-Forwarded-For', inSite(5));
  await from('forgot', { email: 'ann@test.com' }).expect(429);
  await from('confirm', { token: 'x'.repeat(43) }).expect(429);
});

test("a refused network uses up none of its site's shared limit", async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 25; count++) {
    const asked = auth.post('forgot', { email: `person${count}@test.com` });
    statuses.push((await asked.set('X-Forwarded-For', '2001:db8:7:1::1')).status);
  }
  expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  const counted = await Counts.findOne({ key: 'forgotten-here-site:2001:db8:7::/48' }).lean();
  expect(counted?.points).toBe(20);
});

test('after a hundred failures from everywhere, only known devices may sign in, with ten failures each', async () => {
  const device = cookieIn(await auth.signIn('ann@test.com').expect(200), ['device']);
  await auth.signUp('bob@test.com');
  const other = cookieIn(await auth.signIn('bob@test.com').expect(200), ['device']);
  const from = (sent: string, password = PASSWORD) => auth.signIn('ann@test.com', password).set('Cookie', sent);
  await failedBefore(`account:${addressHash(TEST_KEY)('ann@test.com')}`, 99);
  await auth.signIn('ann@test.com').expect(200);
  await fail(1, 'ann@test.com', () => '10.6.6.6');
  await auth.signIn('ann@test.com').expect(429);
  await from(other).expect(429);
  await from(device).expect(200);
  for (let failure = 0; failure < 10; failure++) await from(device, 'wrong').expect(400);
  await from(device).expect(429, LIMITED);
});

test('a device cookie is not a session, and a session is not a device cookie', async () => {
  const res = await auth.signIn('ann@test.com').expect(200);
  const device = cookieIn(res, ['device']);
  expect(res.get('Set-Cookie')?.find((line) => line.startsWith('device='))).toMatch(
    /; Path=\/;.*HttpOnly; SameSite=Lax$/,
  );
  await auth
    .currentUser(`session=${Buffer.from(JSON.stringify({ jwt: device.slice(7) })).toString('base64')}`)
    .expect({ currentUser: null });
  const token = JSON.parse(Buffer.from(cookieIn(res).slice(8), 'base64').toString()) as { jwt: string };
  await fail(10, 'ann@test.com');
  await auth.signIn('ann@test.com').set('Cookie', `device=${token.jwt}`).expect(429);
});

test('the limit ends with its window', async () => {
  for (let failure = 0; failure < 10; failure++) await auth.signIn('ann@test.com', 'wrong').expect(400);
  await auth.signIn('ann@test.com').expect(429);
  await Counts.updateMany({}, { expire: new Date(0) });
  await auth.signIn('ann@test.com').expect(200);
});

test('of twenty concurrent wrong passwords, ten are checked', async () => {
  const answers = await times(20, () => auth.signIn('ann@test.com', 'wrong'));
  expect([count(answers, 400), count(answers, 429)]).toEqual([10, 10]);
});

test('an unknown address is limited in the same way', async () => {
  const answers = await times(20, () => auth.signIn('nobody@test.com', 'wrong'));
  expect([count(answers, 400), count(answers, 429)]).toEqual([10, 10]);
});

test('correct passwords do not count: twenty at once, or after nine failures', async () => {
  expect(count(await times(20, () => auth.signIn('ann@test.com')), 200)).toBe(20);
  const signUp = [/^sign-ups-to:/, /^sign-ups:/].map((key): unknown => expect.stringMatching(key));
  expect(await Counts.distinct('key')).toEqual(signUp);
  await times(9, () => auth.signIn('ann@test.com', 'wrong'));
  expect(count(await times(20, () => auth.signIn('ann@test.com')), 200)).toBe(20);
});

test('a wrong current password counts too', async () => {
  const { cookie } = await auth.signUp('bob@test.com');
  const answers = await times(12, () => auth.change(cookie, { currentPassword: 'wrong', newPassword: 'password 2' }));
  expect([count(answers, 400), count(answers, 429)]).toEqual([10, 2]);
  await auth.signIn('bob@test.com', PASSWORD, '127.0.0.1').expect(429);
});

test('after a hundred failures from a network, nobody can sign in from it', async () => {
  await failedBefore('network:10.9.9.9', 98);
  await fail(1, 'person1@test.com', () => '10.9.9.9');
  await auth.signIn('ann@test.com', PASSWORD, '10.9.9.9').expect(200);
  await fail(1, 'person2@test.com', () => '10.9.9.9');
  const res = await auth.signIn('ann@test.com', PASSWORD, '10.9.9.9').expect(429);
  expect(Number(res.get('Retry-After'))).toBeGreaterThan(0);
  await auth.signIn('ann@test.com', PASSWORD, '10.9.9.8').expect(200);
  await auth.signIn('ann@test.com', PASSWORD, '10.9.9.7, 10.9.9.9').expect(429);
});
