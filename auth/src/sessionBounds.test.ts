import { Refusal } from '@ticketing/common';
import { TEST_KEY, until } from '@ticketing/common/testing';
import { sign } from 'jsonwebtoken';
import type { ContinuedSession } from './continued';
import { createEntrance } from './entrance';
import { Overtaken, sessionBounds } from './sessionBounds';
import { createSessions } from './sessions';
import { readOldestSessions } from './sessionStore';
import { Sessions, Users } from './store';
import { cookieIn, startAuth } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

const signIn = async () => cookieIn(await auth.signIn('ann@test.com').expect(200));

/** Sessions of an account, last used one after another, the latest of them now. */
const used = (userId: string, count: number, changes = {}) =>
  Array.from({ length: count }, (_, at) => ({
    ...{ userId, generation: 0, browser: null, network: '', expiresAt: new Date(Date.now() + 86_400_000) },
    ...{ lastUsedAt: new Date(Date.now() - 1_000 * (count - at)), ...changes },
  }));

test('an account has at most a hundred sessions: one more ends the least recently used', async () => {
  const { id, cookie } = await auth.signUp('ann@test.com');
  await Sessions.create(used(id, 99, { lastUsedAt: new Date() }));
  const next = await signIn();
  expect([await auth.isIn(cookie), await auth.isIn(next)]).toEqual([false, true]);
  expect(await auth.list(next)).toHaveLength(100);
  await until(() => auth.heard.some(({ subject }) => subject === 'session:ended'));
  expect(await Sessions.countDocuments({ endedAt: null })).toBe(100);
});

test.each([
  ['last', 60_000],
  ['first', -60_000],
])('the newest session stays with 99 others, also if it ranks %s among them', async (_rank, ahead) => {
  const { id, cookie } = await auth.signUp('ann@test.com');
  const [{ _id } = { _id: '' }] = await Sessions.find({ userId: id }).lean();
  await Sessions.create(used(id, 110, { lastUsedAt: new Date(Date.now() + ahead) }));
  const bounds = sessionBounds(auth.outbox, () => new Date());
  await bounds.makeRoom(await bounds.findSurplus(id, 0, [_id.toString()]), id, 0, { trace: 'test' });
  expect(await auth.isIn(cookie)).toBe(true);
  expect(await Sessions.countDocuments({ userId: id, endedAt: null })).toBe(100);
  expect(await Sessions.exists({ _id, endedAt: null })).not.toBeNull();
});

test('a session that was moved to a later generation since its owner signed in elsewhere stays', async () => {
  const { id } = await auth.signUp('ann@test.com');
  await Sessions.create(used(id, 110));
  const oldest = (await readOldestSessions(id, 0, [])).map(({ _id }) => _id);
  const [kept] = oldest;
  const remove = Sessions.collection.deleteMany.bind(Sessions.collection);
  const removing = jest.spyOn(Sessions.collection, 'deleteMany').mockImplementationOnce(async (...asked) => {
    await Sessions.updateOne({ _id: kept }, { generation: 1 });
    return remove(...asked);
  });
  expect(await readOldestSessions(id, 1, [])).toEqual([]);
  expect(removing).toHaveBeenCalled();
  removing.mockRestore();
  expect(oldest.length).toBeGreaterThan(1);
  expect(await Sessions.collection.distinct('_id', { _id: { $in: oldest } })).toEqual([kept]);
});

test('nor is one ended that goes on in a later generation since', async () => {
  const { id } = await auth.signUp('ann@test.com');
  await Sessions.create(used(id, 110));
  const bounds = sessionBounds(auth.outbox, () => new Date());
  const surplus = await bounds.findSurplus(id, 0, []);
  const [kept, ...others] = surplus.alive.map(({ _id }) => _id);
  await Sessions.updateOne({ _id: kept }, { generation: 1 });
  await bounds.makeRoom(surplus, id, 0, { trace: 'test' });
  expect(await Sessions.exists({ _id: kept, endedAt: null })).not.toBeNull();
  const ended = { _id: { $in: others }, endedAt: { $ne: null } };
  expect(await Sessions.collection.countDocuments(ended)).toBe(others.length);
});

test('endless sign-ins leave few sessions stored, and the last one valid', async () => {
  const { id } = await auth.signUp('ann@test.com');
  let last = '';
  const most = { stored: 0, alive: 0 };
  const [over, old] = [new Date(), new Date(Date.now() - 86_400_000)];
  await Sessions.create([...used(id, 99), ...used(id, 45, { endedAt: over, lastUsedAt: old })]);
  for (let count = 0; count < 60; count += 4) {
    const cookies = await Promise.all([signIn(), signIn(), signIn(), signIn()]);
    last = cookies[0];
    most.stored = Math.max(most.stored, await Sessions.countDocuments({ userId: id }));
    most.alive = Math.max(most.alive, (await auth.list(await signIn())).length);
  }
  expect(await auth.isIn(await signIn())).toBe(true);
  expect(last).not.toBe('');
  expect(most.alive).toBeLessThanOrEqual(100);
  expect(most.stored).toBeLessThan(250);
  expect((await Users.findById(id).lean())?.generation).toBeGreaterThanOrEqual(1);
}, 60_000);

test('of two sign-ins at once that both end too many, one ends all sessions and goes on, the other is told', async () => {
  const { id: userId } = await auth.signUp('ann@test.com');
  await Sessions.create([...used(userId, 99), ...used(userId, 50, { endedAt: new Date() })]);
  const [own, place] = [createSessions(auth.outbox, () => new Date()), { browser: null, network: '' }];
  const begin = () => own.prepare({ userId, generation: 0 }, place, {}).finish(undefined, { trace: 'test' });
  const begun = await Promise.allSettled([begin(), begin()]);
  expect((await Users.findById(userId).lean())?.generation).toBe(1);
  expect(begun).toEqual(
    expect.arrayContaining([
      { status: 'fulfilled', value: expect.objectContaining({ generation: 1 }) as ContinuedSession },
      { status: 'rejected', reason: expect.objectContaining({ code: 'unavailable' }) as Refusal },
    ]),
  );
});

test.each<[string, Refusal, number]>([
  ['overtaken', new Overtaken(), 2],
  ['refused for another reason', new Refusal('unavailable', { retryAfter: 1 }), 1],
])('a sign-in that is %s', async (_what, failure, times) => {
  const { id } = await auth.signUp('ann@test.com');
  const unused = () => Promise.reject(new Error('not needed'));
  const finish = jest.fn(() => Promise.reject(failure));
  const prepare = () => ({ finish, discard: unused });
  const limits = { failures: unused };
  const entrance = createEntrance(limits, { owe: () => Promise.resolve() }, { prepare }, () => new Date());
  const user = await Users.findById(id).orFail().lean();
  const visitor = { ...{ browser: null, network: '', language: 'en' as const }, log: () => undefined };
  await expect(entrance.enter(user, { password: new Date() }, visitor, { trace: 'test' })).rejects.toBe(failure);
  expect(finish).toHaveBeenCalledTimes(times);
});

test('sessions of former generations are deleted, those ended in this one are not', async () => {
  const { id } = await auth.signUp('ann@test.com');
  await Users.updateOne({ _id: id }, { generation: 1 });
  const old = new Date(Date.now() - 3_600_000);
  await Sessions.create([
    ...used(id, 60, { lastUsedAt: old }),
    ...used(id, 30, { generation: 1, lastUsedAt: old, endedAt: old }),
    ...used(id, 99, { generation: 1 }),
  ]);
  const cookie = await signIn();
  expect(await auth.isIn(cookie)).toBe(true);
  expect(await Sessions.countDocuments({ userId: id, generation: 0, lastUsedAt: old })).toBe(0);
  expect(await Sessions.countDocuments({ userId: id, generation: 1, endedAt: old })).toBe(30);
  // No one else's are touched.
  const { cookie: bob } = await auth.signUp('bob@test.com');
  await signIn();
  expect(await auth.isIn(bob)).toBe(true);
});

test('a token of an earlier version cannot open unlimited sessions either', async () => {
  const { id } = await auth.signUp('ann@test.com');
  await Sessions.create(used(id, 99));
  const jwt = sign({ id, email: 'ann@test.com' }, TEST_KEY, { expiresIn: '7d' });
  const old = `session=${Buffer.from(JSON.stringify({ jwt })).toString('base64')}`;
  for (let count = 0; count < 3; count++)
    await auth.post('me/proof', { password: 'correct horse' }).set('Cookie', old).expect(204);
  expect(await Sessions.countDocuments({ userId: id, endedAt: null })).toBeLessThanOrEqual(100);
});

test('endless proofs leave few sessions stored, and the last one valid', async () => {
  const { id: userId } = await auth.signUp('ann@test.com');
  const [own, place] = [createSessions(auth.outbox, () => new Date()), { browser: null, network: '' }];
  const lasts = () => ({ userId, issuedAt: new Date(), expiresAt: new Date(Date.now() + 86_400_000) });
  let key: ContinuedSession = await own.open({ userId, generation: 0 }, place, {});
  await Sessions.create([...used(userId, 99), ...used(userId, 50, { endedAt: new Date() })]);
  let most = 0;
  for (let count = 1; count <= 120; count++) {
    key = await own.prove({ ...lasts(), ...key }, { password: new Date() }, place, { trace: 'test' });
    if (count % 20 === 0) most = Math.max(most, await Sessions.countDocuments({ userId }));
  }
  expect(most).toBeLessThanOrEqual(210);
  expect(await Sessions.countDocuments({ userId, endedAt: null, generation: key.generation })).toBe(1);
});

test('of two concurrent proofs of one session one continues, even if both began before either was done', async () => {
  const { id: userId } = await auth.signUp('ann@test.com');
  const [own, place] = [createSessions(auth.outbox, () => new Date()), { browser: null, network: '' }];
  const key = await own.open({ userId, generation: 0 }, place, {});
  const session = { ...key, userId, issuedAt: new Date(), expiresAt: new Date(Date.now() + 86_400_000) };
  const proving = () => own.prove(session, { password: new Date() }, place, { trace: 'test' });
  const outcomes = await Promise.allSettled([proving(), proving()]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  // The one from signing up, and the one that continues.
  expect(await Sessions.countDocuments({ userId, endedAt: null })).toBe(2);
});

test('whoever proves again who they are once fifty sessions have ended goes on, and no other', async () => {
  const { id: userId, cookie } = await auth.signUp('ann@test.com');
  const [own, place] = [createSessions(auth.outbox, () => new Date()), { browser: null, network: '' }];
  const key = await own.open({ userId, generation: 0 }, place, {});
  await Sessions.create(used(userId, 50, { endedAt: new Date() }));
  const session = { ...key, userId, issuedAt: new Date(), expiresAt: new Date(Date.now() + 86_400_000) };
  const next = await own.prove(session, { password: new Date() }, place, { trace: 'test' });
  expect(next.generation).toBe(1);
  expect(await Sessions.exists({ _id: next.sid, generation: 1, endedAt: null })).not.toBeNull();
  expect(await auth.isIn(cookie)).toBe(false);
});
