import { byVersion, cookieOf, newId, until } from '@ticketing/common/testing';
import request from 'supertest';
import { Users } from './store';
import { cookieIn, PASSWORD, refusal, setCookie, startAuth } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

const accounts = () => Users.find({}, { outbox: 0 }).sort({ email: 1 }).lean();
/** The published events of the account itself. */
const heardOf = (id: string) =>
  auth.heard.filter(({ aggregateId, subject }) => aggregateId === id && subject.startsWith('user:')).sort(byVersion);

describe('POST /api/users/signup', () => {
  test('creates an account, signs in and publishes it', async () => {
    const res = await auth.post('signup', { email: ' Ann@Test.com ', password: PASSWORD }).expect(201);
    const user = { id: expect.stringMatching(/^[0-9a-f]{24}$/), email: 'ann@test.com' };
    expect(res.body).toEqual(user);
    expect((await auth.currentUser(cookieIn(res))).body).toEqual({ currentUser: user });
    const { id } = res.body as { id: string };
    const event = await until(() => heardOf(id)[0]);
    expect(event).toMatchObject({ subject: 'user:created', version: 0, data: { id, email: 'ann@test.com' } });
    expect(JSON.stringify(event)).not.toMatch(/argon2|password/);
  });

  test('stores the password as argon2id, with a salt', async () => {
    await auth.signUp('ann@test.com');
    await auth.signUp('bob@test.com');
    const hashes = (await accounts()).map(({ passwordHash }) => passwordHash);
    for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$[^$]+\$[^$]{22}\$[^$]{43}$/);
    expect(new Set(hashes).size).toBe(2);
  });

  test('refuses an easily guessed password', async () => {
    const signUp = (email: string, password: string) => auth.post('signup', { email, password });
    await signUp('ann@test.com', 'PassWord').expect(400, refusal('password-common', 'password'));
    await signUp('ann.miller@test.com', 'Ann.Miller').expect(400, refusal('password-guessable', 'password'));
    expect(await accounts()).toEqual([]);
  });

  test('refuses an email that is in use, in any case', async () => {
    await auth.signUp('ann@test.com');
    const res = await auth.post('signup', { email: 'ANN@test.com', password: PASSWORD }).expect(400);
    expect(res.body).toEqual(refusal('email-in-use', 'email'));
    expect(res.get('Set-Cookie')).toBeUndefined();
  });

  test('of twenty concurrent sign-ups with one address, one succeeds', async () => {
    const password = (at: number) => `password ${at}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        auth.post('signup', { email: at % 2 ? 'ann@test.com' : 'Ann@Test.com', password: password(at) }),
      ),
    );
    const having = (of: number) => answers.filter(({ status }) => status === of);
    const told = having(400);
    expect(having(201)).toHaveLength(1);
    // Five may open an account with an address; if all look it up before one has, no more than four hear that it is in use.
    expect(told.length).toBeLessThanOrEqual(5);
    for (const { body } of told) expect(body).toEqual(refusal('email-in-use', 'email'));
    expect(having(429)).toHaveLength(19 - told.length);
    expect(await accounts()).toHaveLength(1);
    await auth.signIn('ann@test.com', password(answers.findIndex(({ status }) => status === 201))).expect(200);
  });

  test.each(['73915846', 'x'.repeat(128), 'pässwörd 🎟', ' with blanks '])(
    'accepts the password %p as it is',
    async (password) => {
      await auth.signUp('ann@test.com', password);
      await auth.signIn('ann@test.com', password).expect(200);
      await auth.signIn('ann@test.com', `${password} `.slice(0, 128).replace(/^x+$/, 'y'.repeat(128))).expect(400);
    },
  );
});

describe('POST /api/users/signin', () => {
  test('signs in, whatever the case of the address', async () => {
    const { id } = await auth.signUp('ann@test.com');
    const res = await auth.signIn(' ANN@test.com').expect(200);
    expect(res.body).toEqual({ id, email: 'ann@test.com' });
    expect((await auth.currentUser(cookieIn(res))).body).toEqual({ currentUser: { id, email: 'ann@test.com' } });
  });

  test('answers an unknown address and a wrong password alike', async () => {
    await auth.signUp('ann@test.com');
    for (const email of ['ann@test.com', 'nobody@test.com']) {
      const res = await auth.signIn(email, 'another password').expect(400);
      expect(res.body).toEqual(refusal('invalid-credentials'));
      expect(res.get('Set-Cookie')).toBeUndefined();
    }
  });
});

describe('the session', () => {
  test('is a cookie hidden from scripts and other sites, and secure behind TLS', async () => {
    await auth.signUp('ann@test.com');
    const plain = setCookie(await auth.signIn('ann@test.com'));
    expect(plain).toMatch(/^session=[^;]+; path=\/; expires=[^;]+; samesite=lax; httponly$/i);
    expect(setCookie(await auth.signIn('ann@test.com').set('X-Forwarded-Proto', 'https'))).toMatch(/; secure/i);
  });

  test('ends with POST /api/users/signout', async () => {
    const { cookie } = await auth.signUp('ann@test.com');
    const res = await auth.post('signout').set('Cookie', cookie).expect(200);
    expect(res.body).toEqual({});
    expect(setCookie(res)).toMatch(/^session=; path=\/; expires=Thu, 01 Jan 1970/i);
    await auth.post('signout').expect(200, {});
  });

  test.each([
    ['none', ''],
    ['no token', 'session=bm9uc2Vuc2U='],
    ['a forged one', cookieOf({ id: newId(), email: 'ann@test.com' }).slice(0, -8)],
    [
      'one without a signature',
      `session=${Buffer.from(JSON.stringify({ jwt: 'eyJhbGciOiJub25lIn0.eyJpZCI6IjEiLCJlbWFpbCI6ImEifQ.' })).toString('base64')}`,
    ],
  ])('%s signs nobody in', async (_what, cookie) => {
    await auth.currentUser(cookie).expect(200, { currentUser: null });
    const res = await auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'password 2' }).expect(401);
    expect(res.body).toEqual(refusal('sign-in-first'));
  });
});

describe('PUT /api/users/me', () => {
  test('changes the password, renews the session and publishes the account', async () => {
    const { id, cookie } = await auth.signUp('ann@test.com');
    const res = await auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'password 2' }).expect(200);
    expect(res.body).toEqual({ id, email: 'ann@test.com', pendingEmail: null });
    expect((await auth.currentUser(cookieIn(res))).body).toEqual({ currentUser: { id, email: 'ann@test.com' } });
    await until(() => heardOf(id).length === 2);
    expect(heardOf(id)[1]).toMatchObject({ subject: 'user:updated', version: 1, data: { id, email: 'ann@test.com' } });
    await auth.signIn('ann@test.com', 'password 2').expect(200);
    await auth.signIn('ann@test.com', PASSWORD).expect(400);
  });

  test('with the current address changes nothing', async () => {
    const { id, cookie } = await auth.signUp('ann@test.com');
    const body = { id, email: 'ann@test.com', pendingEmail: null };
    await auth.change(cookie, { currentPassword: PASSWORD, email: 'Ann@Test.com' }).expect(200, body);
    await auth.signIn('ann@test.com').expect(200);
  });

  test('refuses a wrong password, and an address that is in use', async () => {
    const { id, cookie } = await auth.signUp('ann@test.com');
    await auth.signUp('bob@test.com');
    await auth.confirm(id, 'ann@test.com').then((res) => expect(res.status).toBe(200));
    const before = await accounts();
    const wrong = await auth.change(cookie, { currentPassword: 'wrong', newPassword: 'password 2' }).expect(400);
    expect(wrong.body).toEqual(refusal('current-password-wrong', 'currentPassword'));
    const taken = await auth.change(cookie, { currentPassword: PASSWORD, email: 'BOB@test.com' }).expect(400);
    expect(taken.body).toEqual(refusal('email-in-use', 'email'));
    expect(await accounts()).toEqual(before);
  });

  test('refuses an easily guessed new password', async () => {
    const { cookie } = await auth.signUp('ann.miller@test.com');
    const before = await accounts();
    const changeTo = (newPassword: string) => auth.change(cookie, { currentPassword: PASSWORD, newPassword });
    await changeTo('PassWord').expect(400, refusal('password-common', 'newPassword'));
    await changeTo('Ann.Miller').expect(400, refusal('password-guessable', 'newPassword'));
    expect(await accounts()).toEqual(before);
  });

  test('refuses the session of a deleted account', async () => {
    const res = await auth.change(cookieOf({ id: newId(), email: 'gone@test.com' }), {
      currentPassword: PASSWORD,
      newPassword: 'password 2',
    });
    expect(res.status).toBe(401);
    expect(res.body).toEqual(refusal('account-gone'));
  });

  test('applies ten concurrent changes one after another', async () => {
    const { id, cookie } = await auth.signUp('ann@test.com');
    const changes = Array.from({ length: 10 }, () =>
      auth.change(cookie, { currentPassword: PASSWORD, email: 'ann@test.com' }),
    );
    for (const { status } of await Promise.all(changes)) expect(status).toBe(200);
    expect((await accounts())[0]?.version).toBe(10);
    await until(() => heardOf(id).length === 11);
    expect(new Set(heardOf(id).map(({ version }) => version)).size).toBe(11);
  });
});

test('an unknown path is 404', () =>
  request(auth.app).get('/api/users/other/one').expect(404, refusal('route-not-found')));
