import { cookieOf, newId, TEST_KEY, until } from '@ticketing/common/testing';
import { decode, sign, type JwtPayload } from 'jsonwebtoken';
import request from 'supertest';
import { endOf } from './sessionEnds';
import { snapshot } from './snapshot';
import { newId as stored, Sessions, Users } from './store';
import { cookieIn, refusal, startAuth } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
afterEach(async () => {
  auth.clock.ahead = 0;
  await auth.clear();
});
afterAll(() => auth.stop());

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';
const [MINUTE, DAY] = [60_000, 86_400_000];
const PASSWORD = 'correct horse';

const signIn = async (email = 'ann@test.com', cookie = '') =>
  cookieIn(await auth.signIn(email).set('Cookie', cookie).set('User-Agent', FIREFOX).expect(200));
const signOut = (cookie: string) => auth.post('signout').set('Cookie', cookie).expect(200);
const remove = (cookie: string, path = '') =>
  request(auth.app).delete(`/api/users/sessions${path}`).set('Cookie', cookie);
const claimsOf = (cookie: string) => {
  const { jwt } = JSON.parse(Buffer.from(cookie.split('=')[1] ?? '', 'base64').toString()) as { jwt: string };
  return decode(jwt) as JwtPayload & { sid: string; gen: number; iat: number; exp: number };
};
const endsOf = (userId: string) =>
  auth.heard.flatMap(({ data }) => ('endedAt' in data && data.userId === userId ? data : []));

test('a token names its session, and what it is for', async () => {
  const { cookie, id } = await auth.signUp('ann@test.com');
  const [stored] = await Sessions.find().lean();
  expect(claimsOf(cookie)).toMatchObject({ id, aud: 'session', sid: stored?._id.toString(), gen: 0 });
});

test('signing in costs one insert of a session, and no other query on sessions', async () => {
  await auth.signUp('ann@test.com');
  const calls: string[] = [];
  const spies = (['insertOne', 'insertMany', 'updateOne', 'deleteMany', 'bulkWrite', 'findOne'] as const).map((name) =>
    jest.spyOn(Sessions.collection, name).mockName(name),
  );
  await signIn();
  for (const spy of spies) calls.push(...spy.mock.calls.map(() => spy.getMockName()));
  jest.restoreAllMocks();
  expect(calls).toEqual(['insertOne']);
});

describe('signing out', () => {
  test('ends the session, for a copy of its cookie too, and no other', async () => {
    const { cookie, id } = await auth.signUp('ann@test.com');
    const other = await signIn();
    await signOut(cookie);
    expect(await auth.isIn(cookie)).toBe(false);
    await auth.get('me', cookie).expect(401, refusal('sign-in-first'));
    expect(await auth.isIn(other)).toBe(true);
    await until(() => endsOf(id).length === 1);
    expect(endsOf(id)).toMatchObject([{ sid: claimsOf(cookie).sid, generation: 0 }]);
  });

  test('ends a token of an earlier version, which names no session', async () => {
    const { id } = await auth.signUp('ann@test.com');
    const old = (at: number) => ({ id, email: 'ann@test.com', iat: Math.floor(Date.now() / 1000) - at });
    const [first, second] = [legacy(old(1)), legacy(old(2))];
    expect(await auth.isIn(first)).toBe(true);
    await signOut(first);
    expect(await auth.isIn(first)).toBe(false);
    expect(await auth.isIn(second)).toBe(true);
    expect(await auth.list(second)).toHaveLength(1);
  });

  test('leaves one entry per session, however many concurrent sign-outs there are', async () => {
    const { id, cookie } = await auth.signUp('ann@test.com');
    await Promise.all(Array.from({ length: 8 }, () => signOut(cookie)));
    expect(await Sessions.countDocuments({ userId: id })).toBe(1);
    const old = legacy({ id, email: 'ann@test.com', iat: Math.floor(Date.now() / 1000) - 1 });
    await Promise.all(Array.from({ length: 8 }, () => signOut(old)));
    expect(await Sessions.countDocuments({ userId: id })).toBe(2);
    expect([await auth.isIn(cookie), await auth.isIn(old)]).toEqual([false, false]);
  });

  test('signing in again ends the session of the request; a refused sign-up does not', async () => {
    const { cookie } = await auth.signUp('ann@test.com');
    await auth.post('signup', { email: 'ann@test.com', password: PASSWORD }).set('Cookie', cookie).expect(400);
    expect(await auth.isIn(cookie)).toBe(true);
    const next = await signIn('ann@test.com', cookie);
    expect([await auth.isIn(cookie), await auth.isIn(next)]).toEqual([false, true]);
  });

  test("so often that it would fill every service's memory ends all sessions of the account at once", async () => {
    const { cookie: phone, id } = await auth.signUp('ann@test.com');
    const session = { userId: id, generation: 0, browser: null, network: '', lastUsedAt: new Date() };
    const expiresAt = new Date(Date.now() + DAY);
    await Sessions.create(Array.from({ length: 49 }, () => ({ ...session, expiresAt, endedAt: new Date() })));
    await signOut(await signIn());
    expect(await auth.isIn(phone)).toBe(true);
    const last = await signIn();
    const next = await signIn('ann@test.com', last);
    expect([await auth.isIn(phone), await auth.isIn(last), await auth.isIn(next)]).toEqual([false, false, true]);
    expect(claimsOf(next).gen).toBe(1);
  });
});

describe('a change of password', () => {
  test("ends all other sessions, and copies of the caller's own", async () => {
    const { cookie, id } = await auth.signUp('ann@test.com');
    const other = await signIn();
    const res = await auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'password 2' }).expect(200);
    const next = cookieIn(res);
    expect(await Promise.all([cookie, other, next].map(auth.isIn))).toEqual([false, false, true]);
    expect(claimsOf(next)).toMatchObject({ sid: claimsOf(cookie).sid, gen: 1 });
    expect(await auth.list(next)).toMatchObject([{ id: claimsOf(cookie).sid, isCurrent: true }]);
    await until(() => endsOf(id).length === 1);
    expect(endsOf(id)).toMatchObject([{ sid: null, generation: 1 }]);
  });

  test('a change of address alone ends none', async () => {
    const { cookie, id } = await auth.signUp('ann@test.com');
    await auth.confirm(id, 'ann@test.com');
    const other = await signIn();
    await auth.change(cookie, { currentPassword: PASSWORD, email: 'ann@new.com' }).expect(200);
    expect((await auth.confirm(id, 'ann@new.com')).status).toBe(200);
    expect(await Promise.all([cookie, other].map(auth.isIn))).toEqual([true, true]);
  });

  test('a token of an earlier version counts as generation 0', async () => {
    const { cookie, id } = await auth.signUp('ann@test.com');
    const old = legacy({ id, email: 'ann@test.com' });
    expect(await auth.isIn(old)).toBe(true);
    await auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'password 2' }).expect(200);
    expect(await auth.isIn(old)).toBe(false);
  });

  test('takes effect here even while NATS is down, and is published once it is back', async () => {
    const { cookie, id } = await auth.signUp('ann@test.com');
    const other = await signIn();
    await auth.nats.kill();
    await auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'password 2' }).expect(200);
    expect(await auth.isIn(other)).toBe(false);
    await auth.nats.start();
    await until(() => endsOf(id).length === 1);
  });
});

describe('the list', () => {
  test("shows browser, network and times, and which is the caller's own", async () => {
    await auth.signUp('ann@test.com');
    await auth.signUp('bob@test.com');
    const cookie = await signIn();
    const all = await auth.list(cookie);
    expect(all).toHaveLength(2);
    expect(all.find(({ isCurrent }) => isCurrent)).toEqual({
      id: claimsOf(cookie).sid,
      browser: 'Firefox, Windows',
      network: '10.0.0.1',
      createdAt: expect.any(String),
      lastUsedAt: expect.any(String),
      isCurrent: true,
    });
    await auth.get('sessions').expect(401, refusal('sign-in-first'));
    await auth.get('sessions', cookieOf({ id: newId(), email: 'gone@test.com' })).expect(401, refusal('account-gone'));
  });

  test('one can be ended, but nobody else’s', async () => {
    const { cookie } = await auth.signUp('ann@test.com');
    const other = await signIn();
    const { cookie: stranger } = await auth.signUp('bob@test.com');
    const { sid } = claimsOf(other);
    await remove(stranger, `/${sid}`).expect(404, refusal('session-not-found'));
    expect(await auth.isIn(other)).toBe(true);
    await remove(cookie, `/${sid}`).expect(204);
    expect(await auth.isIn(other)).toBe(false);
    await remove(cookie, `/${sid}`).expect(404);
    await remove(cookie, '/1').expect(400, refusal('id-malformed', 'id', { field: 'id' }));
    expect(await auth.list(cookie)).toHaveLength(1);
  });

  test("the caller's own can be ended: that signs them out", async () => {
    const { cookie } = await auth.signUp('ann@test.com');
    const res = await remove(cookie, `/${claimsOf(cookie).sid}`).expect(204);
    expect(cookieIn(res)).toBe('session=');
    expect(await auth.isIn(cookie)).toBe(false);
  });

  test('all others can be ended at once', async () => {
    const { cookie } = await auth.signUp('ann@test.com');
    const others = [await signIn(), await signIn()];
    const next = cookieIn(await remove(cookie).expect(204));
    expect(await Promise.all([...others, cookie, next].map(auth.isIn))).toEqual([false, false, false, true]);
    expect(await auth.list(next)).toMatchObject([{ id: claimsOf(cookie).sid, isCurrent: true }]);
  });
});

describe('a session that has ended elsewhere, unknown to this process', () => {
  const ends = {
    'with all of the account': ({ id }: { id: string }) =>
      Users.updateOne({ _id: id }, { $inc: { generation: 1, version: 1 } }),
    'by itself': ({ cookie }: { cookie: string }) =>
      Sessions.updateOne({ _id: claimsOf(cookie).sid }, { endedAt: new Date() }),
  };

  test.each(Object.entries(ends))('%s, changes nothing and does not continue', async (_how, end) => {
    const { cookie, id } = await auth.signUp('ann@test.com');
    await end({ cookie, id });
    const before = await Users.findById(id, { outbox: 0 }).lean();
    const refused = refusal('sign-in-first');
    await remove(cookie).expect(401, refused);
    await auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'password 2' }).expect(401, refused);
    await request(auth.app).post('/api/users/me/app').set('Cookie', cookie).send({}).expect(401, refused);
    expect(await Users.findById(id, { outbox: 0 }).lean()).toEqual(before);
    expect(await Sessions.countDocuments()).toBe(1);
  });
});

describe('a session in use is renewed', () => {
  const use = async (cookie: string, after: number) => {
    auth.clock.ahead += after;
    return cookieIn(await auth.currentUser(cookie).set('X-Forwarded-For', '10.0.0.9').expect(200));
  };
  /** Used often enough that it does not expire before its last day. */
  const useFor29Days = async (cookie: string) => {
    let used = cookie;
    for (const days of [6, 6, 6, 6, 5]) used = await use(used, days * DAY);
    return used;
  };

  test('not at every request', async () => {
    const { cookie } = await auth.signUp('ann@test.com');
    const before = await Sessions.find().lean();
    expect(await use(cookie, 9 * MINUTE)).toBe('');
    expect(await Sessions.find().lean()).toEqual(before);
  });

  test('after some minutes its use is recorded, and its token renewed, with the current address', async () => {
    const { cookie, id } = await auth.signUp('ann@test.com');
    await Users.updateOne({ _id: id }, { email: 'ann@new.com' });
    const next = await use(cookie, 11 * MINUTE);
    expect(claimsOf(next)).toMatchObject({ sid: claimsOf(cookie).sid, email: 'ann@new.com' });
    expect(await auth.list(next)).toMatchObject([{ network: '10.0.0.9' }]);
    const [stored] = await Sessions.find().lean();
    expect(stored?.lastUsedAt.getTime()).toBeGreaterThan(Date.now() + 10 * MINUTE);
    expect(stored?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 7 * DAY);
  });

  test('for thirty days at most', async () => {
    const { cookie } = await auth.signUp('ann@test.com');
    const next = await useFor29Days(cookie);
    const { iat, exp } = claimsOf(next);
    expect(exp - iat).toBeLessThanOrEqual((1 * DAY) / 1000);
    expect(exp - iat).toBeGreaterThan((1 * DAY) / 1000 - 600);
    const alone = claimsOf(cookieIn(await remove(next).expect(204)));
    expect(alone.exp - alone.iat).toBeLessThanOrEqual((1 * DAY) / 1000);
  });

  test("not for longer by proving one's identity", async () => {
    const { cookie } = await auth.signUp('ann@test.com');
    const used = await useFor29Days(cookie);
    const proof = { password: PASSWORD };
    const next = cookieIn(await auth.post('me/proof', proof).set('Cookie', used).expect(204));
    const { iat, exp, sid } = claimsOf(next);
    expect(exp - iat).toBeLessThanOrEqual((1 * DAY) / 1000);
    const expiresAt = new Date(stored(sid).getTimestamp().getTime() + 30 * DAY);
    expect(await Sessions.findById(sid).lean()).toMatchObject({ expiresAt });
    expect(sid).not.toBe(claimsOf(cookie).sid);
    expect(sid.slice(0, 8)).toBe(claimsOf(cookie).sid.slice(0, 8));
  });

  test('not once it has ended elsewhere, nor without its account', async () => {
    const { cookie, id } = await auth.signUp('ann@test.com');
    await Sessions.updateMany({}, { endedAt: new Date() });
    expect(await use(cookie, 11 * MINUTE)).toBe('');
    await Users.deleteOne({ _id: id });
    expect(await use(cookie, MINUTE)).toBe('session=');
    expect(await auth.isIn(cookie)).toBe(false);
  });
});

test('republishing publishes the ends that still matter', async () => {
  const { cookie, id } = await auth.signUp('ann@test.com');
  await signOut(await signIn());
  await auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'password 2' }).expect(200);
  const told = (await Sessions.find().lean()).map((session) => endOf(session)?.data);
  expect(told.filter(Boolean)).toMatchObject([{ userId: id, generation: 0 }]);
  const user = await Users.findById(id).lean();
  expect(user && snapshot(user)).toMatchObject([
    { subject: 'user:updated' },
    { subject: 'session:ended', data: { userId: id, sid: null, generation: 1 } },
  ]);
});

/** The cookie of a token as earlier versions signed them. */
function legacy(claims: object): string {
  const jwt = sign(claims, TEST_KEY, { expiresIn: '7d' });
  return `session=${Buffer.from(JSON.stringify({ jwt })).toString('base64')}`;
}
