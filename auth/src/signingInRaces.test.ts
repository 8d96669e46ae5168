import { until } from '@ticketing/common/testing';
import * as argon2 from '@node-rs/argon2';
import request from 'supertest';
import { createSessions } from './sessions';
import { Messages, Sessions, Users } from './store';
import { cookieIn, PASSWORD, refusal, startAuth } from './testing';
import { holdVerify } from './testing/hashing';
import { ANN, HOUR, openKnown } from './testing/sessions';

/** The real library, which can be held up. */
jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof argon2>('@node-rs/argon2');
  return { ...real, verify: jest.fn(real.verify) };
});
const verify = jest.mocked(argon2.verify);

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
afterEach(async () => {
  jest.restoreAllMocks();
  await auth.clear();
});
afterAll(() => auth.stop());

const known = (count = 0, changes = {}) => openKnown(auth, count, changes);
const remove = (cookie: string, path = '') =>
  request(auth.app).delete(`/api/users/sessions${path}`).set('Cookie', cookie).expect(204);

/** A sign-in whose password is compared once `release` is called: by then its session is stored. */
async function begun(cookie: string) {
  const before = await Sessions.distinct('_id');
  const release = holdVerify(verify);
  const answered = auth
    .signIn(ANN)
    .set('Cookie', cookie)
    .then((answer) => answer);
  const { _id } = await until(() => Sessions.collection.findOne({ _id: { $nin: before } }));
  return { sid: _id.toString(), finish: () => (release(), answered) };
}

test('a session that its owner ends while it begins stays ended, also if all others end with it', async () => {
  const { device, cookie } = await known(49, { endedAt: new Date() });
  const { sid, finish } = await begun(`${device}; ${cookie}`);
  await remove(cookie, `/${sid}`);
  const next = cookieIn(await finish());
  expect(await auth.isIn(next)).toBe(true);
  expect(await auth.list(next)).toMatchObject([{ isCurrent: true }]);
  expect(await Sessions.exists({ _id: sid, endedAt: null })).toBeNull();
});

test('a session that alone is kept while another begins, which would have ended it, goes on', async () => {
  const { device, cookie, sid } = await known(99);
  const { finish } = await begun(device);
  const kept = cookieIn(await remove(cookie));
  const late = cookieIn(await finish());
  expect([await auth.isIn(late), await auth.isIn(kept)]).toEqual([false, true]);
  expect(await auth.list(kept)).toMatchObject([{ id: sid, isCurrent: true }]);
});

test('a token of before does not end the session that goes on, in a replica that has not heard of that', async () => {
  const { id: userId, cookie, sid } = await known();
  const kept = cookieIn(await remove(cookie));
  const expiresAt = new Date(Date.now() + HOUR);
  const old = { userId, sid, generation: 0, issuedAt: new Date(), expiresAt };
  await createSessions(auth.outbox, () => new Date()).end(old, { trace: 'test' });
  expect(await auth.isIn(kept)).toBe(true);
  expect(await auth.list(kept)).toMatchObject([{ id: sid, isCurrent: true }]);
});

test('whoever proves again who they are keeps their session, even if it is the least recently used of a hundred', async () => {
  const { cookie } = await known(99);
  const next = cookieIn(await auth.post('me/proof', { password: PASSWORD }).set('Cookie', cookie).expect(204));
  expect(await auth.list(next)).toHaveLength(100);
  expect(await auth.isIn(next)).toBe(true);
});

test('a wrong password leaves no session, even if what else is read for it fails', async () => {
  const { device } = await known();
  const find = Sessions.collection.find.bind(Sessions.collection);
  const reading = jest.spyOn(Sessions.collection, 'find').mockImplementationOnce(() => find({ $unknown: 1 }));
  await auth.signIn(ANN, 'wrong').set('Cookie', device).expect(400, refusal('invalid-credentials'));
  expect(reading).toHaveBeenCalled();
  expect(await Sessions.countDocuments()).toBe(1);
});

test('a password that cannot be compared leaves no session, and the one that the request came with', async () => {
  const { device, cookie, sid } = await known();
  const release = holdVerify(verify, new Error('no memory'));
  const answered = auth
    .signIn(ANN)
    .set('Cookie', `${device}; ${cookie}`)
    .then(({ status }) => status);
  await until(async () => (await Sessions.countDocuments()) === 2);
  release();
  expect(await answered).toBe(500);
  await until(async () => (await Sessions.countDocuments()) === 1);
  expect(await auth.list(cookie)).toMatchObject([{ id: sid, isCurrent: true }]);
});

test('a sign-in that fails leaves the session that it would have replaced, and not its own', async () => {
  const { device, cookie } = await known(101);
  const write = Sessions.collection.bulkWrite.bind(Sessions.collection);
  jest
    .spyOn(Sessions.collection, 'bulkWrite')
    .mockImplementation((...asked) => (asked[0].length > 1 ? Promise.reject(new Error('died')) : write(...asked)));
  await auth.signIn(ANN).set('Cookie', `${device}; ${cookie}`).expect(500);
  expect(await auth.isIn(cookie)).toBe(true);
  await until(async () => (await Sessions.countDocuments()) === 102);
});

test.each(['in another language', 'from another browser'])(
  'a sign-in %s that fails because that cannot be written leaves the session that it would have replaced',
  async (what) => {
    const { cookie, device } = await known();
    const model = what === 'in another language' ? Users : Messages;
    const failing = (['updateOne', 'bulkWrite', 'insertMany', 'insertOne'] as const).map((write) =>
      jest.spyOn(model.collection, write).mockRejectedValue(new Error('died')),
    );
    const cookies = model === Users ? `${device}; ${cookie}` : cookie;
    await auth.signIn(ANN).set('Cookie', cookies).set('Accept-Language', 'de').expect(500);
    expect(failing.some(({ mock }) => mock.calls.length > 0)).toBe(true);
    expect(await auth.isIn(cookie)).toBe(true);
    await until(async () => (await Sessions.countDocuments()) === 1);
  },
);

test('a sign-in that fails when it counts what has ended leaves the session that it would have replaced', async () => {
  const { device, cookie } = await known();
  const counting = jest.spyOn(Sessions.collection, 'countDocuments').mockRejectedValueOnce(new Error('died'));
  await auth.signIn(ANN).set('Cookie', `${device}; ${cookie}`).expect(500);
  expect(counting).toHaveBeenCalled();
  expect(await auth.isIn(cookie)).toBe(true);
});

test('a sign-in that replaces one of a hundred sessions ends no other', async () => {
  const { device } = await known(98);
  const other = cookieIn(await auth.signIn(ANN).set('Cookie', device).expect(200));
  expect(await auth.list(other)).toHaveLength(100);
  const next = cookieIn(await auth.signIn(ANN).set('Cookie', `${device}; ${other}`).expect(200));
  expect(await auth.list(next)).toHaveLength(100);
});

test('whoever ends a session that goes on in a later generation meanwhile is not told that it has ended', async () => {
  const { device, cookie } = await known();
  const other = cookieIn(await auth.signIn(ANN).set('Cookie', device).expect(200));
  const [{ id } = { id: '' }] = (await auth.list(cookie)).filter(({ isCurrent }) => !isCurrent);
  const write = Sessions.collection.bulkWrite.bind(Sessions.collection);
  let kept = '';
  jest.spyOn(Sessions.collection, 'bulkWrite').mockImplementation(async (...asked) => {
    // The relay writes to outboxes at any time.
    if (JSON.stringify(asked[0]).includes('endedAt')) kept ||= cookieIn(await remove(other));
    return write(...asked);
  });
  const answer = await request(auth.app).delete(`/api/users/sessions/${id}`).set('Cookie', cookie);
  expect([await auth.isIn(kept), answer.status]).toEqual([true, 503]);
});

test('proving again that fails when it counts what has ended leaves the session, and no other', async () => {
  const { cookie } = await known();
  const counting = jest.spyOn(Sessions.collection, 'countDocuments').mockRejectedValueOnce(new Error('died'));
  await auth.post('me/proof', { password: PASSWORD }).set('Cookie', cookie).expect(500);
  expect(counting).toHaveBeenCalled();
  expect(await auth.isIn(cookie)).toBe(true);
  expect(await Sessions.countDocuments()).toBe(1);
});
