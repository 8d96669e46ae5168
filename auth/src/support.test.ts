import { Audit, type PersonBody, type UserData } from '@ticketing/common';
import { deskCookieOf, newId, until } from '@ticketing/common/testing';
import request from 'supertest';
import { Messages, Users } from './store';
import { cookieIn, PASSWORD, refusal, startAuth } from './testing';
import { Browser, expectRefused } from './testing/factors';

const STEP = 30_000;

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
beforeEach(() => (auth.clock.ahead = STEP - (Date.now() % STEP) + 1_000));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

const desk = deskCookieOf();
const ask = (path: string, cookie = desk) => auth.get(`support/${path}`, cookie);
const act = (path: string, cookie = desk, body: object = { reason: 'a stolen card' }) =>
  request(auth.app).post(`/api/users/support/${path}`).set('Cookie', cookie).send(body);
const person = async (id: string) => (await ask(`people/${id}`).expect(200)).body as PersonBody;
const found = async (q: string) =>
  ((await ask(`people?q=${encodeURIComponent(q)}`).expect(200)).body as PersonBody[]).map(({ id }) => id);
const isIn = async (cookie: string) => (await auth.currentUser(cookie)).body.currentUser !== null;
/** An account's state in its last event. */
const told = (id: string) =>
  auth.heard
    .flatMap(({ subject, data }) => (subject === 'user:updated' && (data as UserData).id === id ? [data] : []))
    .at(-1) as UserData | undefined;

describe('for the desk alone', () => {
  const id = newId();
  const routes: [method: 'get' | 'post', path: string][] = [
    ['get', 'people?q=x'],
    ['get', `people/${id}`],
    ['get', `messages?about=${id}`],
    ['get', 'queue'],
    ['post', `people/${id}/freeze`],
    ['post', `people/${id}/unfreeze`],
    ['post', `people/${id}/confirm`],
    ['post', `people/${id}/sessions/end`],
    ['post', 'messages/send'],
  ];

  test.each(routes)('%s %s', async (method, path) => {
    const { cookie } = await auth.signUp('ann@test.com');
    const send = (as: string) => request(auth.app)[method](`/api/users/support/${path}`).set('Cookie', as);
    await send('').expect(401, refusal('sign-in-first'));
    await send(cookie).expect(403, refusal('support-only'));
    expect(await Audit.countDocuments()).toBe(0);
    // An action needs a reason and permission.
    expect((await send(desk)).status).toBe(
      method === 'post' ? 400 : path.endsWith(id) && path.startsWith('people') ? 404 : 200,
    );
    expect(await Audit.countDocuments()).toBe(0);
  });
});

describe('finding people', () => {
  test('by an address in any form, and by their id', async () => {
    const { id } = await auth.signUp('ann@test.com');
    const { id: bob } = await auth.signUp('zoe@münchen.de');
    for (const q of ['ann@test.com', ' Ann@Test.com ', id, id.toUpperCase()])
      expect([q, await found(q)]).toEqual([q, [id]]);
    for (const q of ['zoe@münchen.de', 'ZOE@xn--mnchen-3ya.de']) expect([q, await found(q)]).toEqual([q, [bob]]);
    for (const q of ['', 'x', newId(), 'nobody@test.com', `${'x'.repeat(5_000)}@test.com`, 'a@', '{"$ne":1}'])
      expect([q, await found(q)]).toEqual([q, []]);
    expect(await person(id)).toEqual({
      ...{ id, email: 'ann@test.com', name: null, pendingEmail: null, confirmedAt: null, twoStepSince: null },
      ...{ role: null, frozenAt: null, sessions: 1, memberSince: expect.any(String) as string },
    });
    await ask(`people/${newId()}`).expect(404, refusal('user-not-found'));
    await Users.updateOne({ _id: id }, { $set: { deletedAt: new Date(), email: `deleted:${id}` } });
    expect(await found(id)).toEqual([]);
    await ask(`people/${id}`).expect(404, refusal('user-not-found'));
  });

  test('by an address that they had, or requested', async () => {
    const { id, cookie } = await auth.signUp('ann@test.com');
    await auth.confirm(id, 'ann@test.com');
    await auth.change(cookie, { currentPassword: PASSWORD, email: 'ann@new.com' }).expect(200);
    expect(await found('Ann@New.com')).toEqual([id]);
    await auth.confirm(id, 'ann@new.com');
    expect(await found('ann@test.com')).toEqual([id]);
    expect(await found('ann@new.com')).toEqual([id]);
  });

  test('uses an index, however many there are', async () => {
    for (const filter of [{ pendingEmail: 'a@test.com' }, { role: 'support' }, { 'formerEmails.email': 'a@test.com' }])
      expect(JSON.stringify(await Users.find(filter).explain())).not.toContain('COLLSCAN');
    for (const filter of [{ to: 'x' }, { parkedAt: { $exists: true } }, { _id: { $gt: 'x' } }])
      expect(JSON.stringify(await Messages.collection.find(filter as object).explain())).not.toContain('COLLSCAN');
  });
});

describe('a frozen account', () => {
  test('is signed out, cannot be signed in to, and is reported as frozen, until it is unfrozen', async () => {
    const { id, cookie } = await auth.signUp('ann@test.com');
    const { body } = await act(`people/${id}/freeze`).expect(200);
    const { frozenAt } = body as PersonBody;
    expect(body).toMatchObject({ id, frozenAt: expect.any(String) as string, sessions: 0 });
    expect(await isIn(cookie)).toBe(false);
    await auth.signIn('ann@test.com').expect(403, refusal('account-frozen'));
    await until(() => told(id));
    expect(told(id)).toEqual({ id, email: 'ann@test.com', confirmedAt: null, frozenAt });
    const ended = await until(() =>
      auth.heard.find(({ subject, data }) => subject === 'session:ended' && 'userId' in data && data.userId === id),
    );
    expect(ended.by).toEqual(expect.any(String));
    // Again changes nothing.
    const { version } = (await Users.findById(id).lean())!;
    expect((await act(`people/${id}/freeze`).expect(200)).body).toMatchObject({ frozenAt });
    expect((await Users.findById(id).lean())?.version).toBe(version);
    expect((await act(`people/${id}/unfreeze`).expect(200)).body).toMatchObject({ frozenAt: null });
    await auth.signIn('ann@test.com').expect(200);
    await until(() => told(id)?.frozenAt === null);
    expect(await Audit.countDocuments({ target: id, action: 'freeze', reason: 'a stolen card' })).toBe(2);
    await auth.settled();
    for (const kind of ['frozen', 'unfrozen']) expect(await Messages.countDocuments({ to: id, kind })).toBe(1);
  });

  test('is not revealed as such to anyone who has not proved to be its owner', async () => {
    const { id } = await auth.signUp('ann@test.com');
    await act(`people/${id}/freeze`).expect(200);
    await auth.signIn('ann@test.com', 'wrong horse').expect(400, refusal('invalid-credentials'));
    await auth.post('forgot', { email: 'ann@test.com' }).expect(202);
    await auth
      .post('reset', { token: 'x'.repeat(43), password: 'another horse' })
      .expect(400, refusal('link-expired', 'token'));
  });

  test('with two-step sign-in says so after the second step', async () => {
    const browser = new Browser(auth);
    const { id } = (await browser.signUp('ann@test.com')).body as { id: string };
    const { code } = await browser.addApp();
    await act(`people/${id}/freeze`).expect(200);
    expectRefused(await browser.signIn('ann@test.com'), 'factor-required');
    expectRefused(await browser.send('post', 'signin/step', { code: code(1) }), 'account-frozen');
    expect(await browser.isIn()).toBe(false);
  });

  test('cannot be entered by a passkey, or by a link that sets a password', async () => {
    const browser = new Browser(auth);
    const { id } = (await browser.signUp('ann@test.com')).body as { id: string };
    const { authenticator } = await browser.addPasskey();
    const token = await auth.links.issue('reset', id, 'ann@test.com');
    await act(`people/${id}/freeze`).expect(200);
    expectRefused(await browser.signInBy(authenticator), 'account-frozen');
    await auth.post('reset', { token, password: 'another horse' }).expect(403, refusal('account-frozen'));
    await act(`people/${id}/unfreeze`).expect(200);
    await auth.signIn('ann@test.com', 'another horse').expect(400);
    await auth.signIn('ann@test.com').expect(200);
  });

  test('lets nobody in who signed in at the same moment', async () => {
    const { id } = await auth.signUp('ann@test.com');
    const entering = Array.from({ length: 6 }, () => auth.signIn('ann@test.com'));
    const [frozen, ...entered] = await Promise.all([act(`people/${id}/freeze`), ...entering]);
    expect(frozen.status).toBe(200);
    for (const answer of entered) {
      if (answer.status === 403) expect(answer.body).toEqual(refusal('account-frozen'));
      else expect([answer.status, await isIn(cookieIn(answer))]).toEqual([200, false]);
    }
    expect(await person(id)).toMatchObject({ sessions: 0 });
  });

  test('aborts a change that its owner was making', async () => {
    const { id, cookie } = await auth.signUp('ann@test.com');
    const change = auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'another horse battery' });
    const [frozen, changed] = await Promise.all([act(`people/${id}/freeze`), change]);
    expect(frozen.status).toBe(200);
    expect([200, 401]).toContain(changed.status);
    expect((await Users.findById(id).lean())?.frozenAt).toBeInstanceOf(Date);
    expect(await isIn(changed.status === 200 ? cookieIn(changed) : cookie)).toBe(false);
  });

  test('is frozen once, and unfrozen once, by two concurrent requests', async () => {
    const { id } = await auth.signUp('ann@test.com');
    const { version } = (await Users.findById(id).lean())!;
    for (const [action, changes] of [
      ['freeze', 1],
      ['unfreeze', 2],
    ] as const) {
      const answers = await Promise.all([act(`people/${id}/${action}`), act(`people/${id}/${action}`)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect((await Users.findById(id).lean())?.version).toBe(version + changes);
    }
  });
});

describe('nobody', () => {
  test.each(['freeze', 'unfreeze', 'confirm', 'sessions/end'])('%s: acts on their own account', async (action) => {
    const { id } = await auth.signUp('desk@test.com');
    await act(`people/${id}/${action}`, deskCookieOf(id)).expect(403, refusal('own-account'));
    expect(await Audit.countDocuments({ refusal: 'own-account' })).toBe(1);
    await act(`people/${newId()}/${action}`).expect(404, refusal('user-not-found'));
  });

  test('freezes another member of the desk, or ends their sessions', async () => {
    const { id, cookie } = await auth.signUp('other@test.com');
    await auth.confirm(id, 'other@test.com');
    await auth.staff('add', 'other@test.com');
    for (const action of ['freeze', 'sessions/end'])
      await act(`people/${id}/${action}`).expect(409, refusal('account-of-staff'));
    expect(await isIn(cookie)).toBe(true);
    await auth.staff('remove', 'other@test.com');
    await act(`people/${id}/freeze`).expect(200);
  });
});

test('confirms an address, once, as its link would', async () => {
  const { id } = await auth.signUp('ann@test.com');
  const { body } = await act(`people/${id}/confirm`).expect(200);
  const { confirmedAt } = body as PersonBody;
  expect(confirmedAt).not.toBeNull();
  expect((await act(`people/${id}/confirm`).expect(200)).body).toMatchObject({ confirmedAt });
  await until(() => told(id)?.confirmedAt === confirmedAt);
  await auth.settled();
  expect(await Messages.countDocuments({ to: id, kind: 'welcome' })).toBe(1);
});

test('keeps who confirmed it until its owner follows a link, who may ask for one', async () => {
  const { id, cookie } = await auth.signUp('ann@test.com');
  const by = newId();
  await act(`people/${id}/confirm`, deskCookieOf(by)).expect(200);
  expect((await Users.findById(id).lean())?.confirmedBy).toBe(by);
  await Messages.deleteMany({});
  await request(auth.app).post('/api/users/me/confirmation').set('Cookie', cookie).expect(202);
  expect(await Messages.countDocuments({ to: id, kind: 'confirm' })).toBe(1);
  await auth.confirm(id, 'ann@test.com');
  expect((await Users.findById(id).lean())?.confirmedBy).toBeNull();
  await request(auth.app).post('/api/users/me/confirmation').set('Cookie', cookie).expect(202);
  expect(await Messages.countDocuments({ to: id, kind: 'confirm' })).toBe(1);
});

test('whoever opened an account that the desk confirmed is locked out once its owner sets a password by a link', async () => {
  const opener = new Browser(auth);
  const { id } = (await opener.signUp('ann@test.com')).body as { id: string };
  const { authenticator } = await opener.addPasskey();
  await act(`people/${id}/confirm`).expect(200);
  const token = await auth.links.issue('reset', id, 'ann@test.com');
  await auth.post('reset', { token, password: 'another horse' }).expect(200);
  expectRefused(await opener.signInBy(authenticator), 'passkey-unknown');
});

test('ends all sessions of an account, which may be signed in to again', async () => {
  const { id, cookie } = await auth.signUp('ann@test.com');
  const other = cookieIn(await auth.signIn('ann@test.com').expect(200));
  expect((await act(`people/${id}/sessions/end`).expect(200)).body).toMatchObject({ sessions: 0 });
  expect([await isIn(cookie), await isIn(other)]).toEqual([false, false]);
  await auth.signIn('ann@test.com').expect(200);
});

test('a reason is required', async () => {
  const { id } = await auth.signUp('ann@test.com');
  await act(`people/${id}/freeze`, desk, { reason: ' ' }).expect(400);
  await act(`people/${id}/freeze`, desk, { reason: 'x'.repeat(1_001) }).expect(400);
  expect((await person(id)).frozenAt).toBeNull();
});
