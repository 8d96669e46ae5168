import { until } from '@ticketing/common/testing';
import request from 'supertest';
import { createSessions } from './sessions';
import { Sessions, Users } from './store';
import { cookieIn, PASSWORD, startAuth } from './testing';
import { ANN, FORMERLY, openKnown, seed } from './testing/sessions';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
afterEach(async () => {
  jest.restoreAllMocks();
  await auth.clear();
});
afterAll(() => auth.stop());

const known = (count: number) => openKnown(auth, count);
/** A sign-in that has read which sessions there is no room for. */
async function begun(userId: string) {
  const counting = jest.spyOn(Sessions.collection, 'countDocuments');
  const own = createSessions(auth.outbox, () => new Date());
  const prepared = own.prepare({ userId, generation: 0 }, { browser: null, network: '' }, {});
  await until(() => counting.mock.calls.length > 0);
  return { own, finish: () => prepared.finish(undefined, { trace: 'test' }) };
}
const endOthers = (cookie: string) => request(auth.app).delete('/api/users/sessions').set('Cookie', cookie);

/** Once all sessions have ended, and before the one that is kept goes on, does something. */
function beforeItGoesOn(act: () => PromiseLike<unknown>) {
  const update = Sessions.collection.updateOne.bind(Sessions.collection);
  const acted = jest.fn(act);
  jest.spyOn(Sessions.collection, 'updateOne').mockImplementation(async (...asked) => {
    const { $set = {} } = asked[1] as { $set?: object };
    if ('generation' in $set && acted.mock.calls.length === 0) await acted();
    return update(...asked);
  });
  return acted;
}

const ways: [string, (cookie: string) => request.Test][] = [
  ['all others end', endOthers],
  ['the password changes', (cookie) => auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'password 2' })],
];

test.each(ways)('a wrong password does not take away what is kept while %s', async (_how, keep) => {
  const { device, cookie, sid } = await known(110);
  const acted = beforeItGoesOn(() => auth.signIn(ANN, 'wrong').set('Cookie', device).expect(400));
  const kept = cookieIn(await keep(cookie));
  expect(acted).toHaveBeenCalled();
  expect(await auth.list(kept)).toMatchObject([{ id: sid, isCurrent: true }]);
  expect(await Sessions.findById(sid).lean()).toMatchObject({ proofs: { password: expect.any(Date) as Date } });
});

test.each(ways)('a sign-in that began before does not end what is kept while %s', async (_how, keep) => {
  const { id: userId, cookie, sid } = await known(99);
  const { finish } = await begun(userId);
  const acted = beforeItGoesOn(finish);
  const kept = cookieIn(await keep(cookie));
  expect(acted).toHaveBeenCalled();
  expect(await auth.isIn(kept)).toBe(true);
  expect(await auth.list(kept)).toMatchObject([{ id: sid, isCurrent: true }]);
});

test('what ends while a sign-in begins is counted with what that ends: more than fifty ends end all', async () => {
  const { id: userId } = await known(98);
  await seed(userId, 49, { endedAt: FORMERLY, lastUsedAt: FORMERLY });
  const [other] = await seed(userId, 1);
  const { own, finish } = await begun(userId);
  await own.endOne(userId, other?.id as string, { trace: 'test' });
  expect(await Users.exists({ generation: 1 })).toBeNull();
  expect(await finish()).toMatchObject({ generation: 1 });
  expect(await Users.findById(userId).lean()).toMatchObject({ generation: 1 });
});

test('proving again is counted with what has no room beside it: more than fifty ends end all', async () => {
  const { id, cookie } = await known(0);
  await seed(id, 51, { lastUsedAt: FORMERLY });
  await seed(id, 49, { endedAt: new Date() });
  const next = cookieIn(await auth.post('me/proof', { password: PASSWORD }).set('Cookie', cookie).expect(204));
  expect(await auth.list(next)).toMatchObject([{ isCurrent: true }]);
  expect(await Sessions.collection.countDocuments({ generation: 0, endedAt: { $ne: null } })).toBeLessThanOrEqual(50);
  expect(await Users.findById(id).lean()).toMatchObject({ generation: 1 });
});
