import { lifetimes, sessions as tokens } from '@ticketing/common';
import { deskCookieOf, newId, TEST_KEY } from '@ticketing/common/testing';
import type { Request } from 'express';
import request from 'supertest';
import { Counts, Sessions, Users } from './store';
import { PASSWORD, startAuth } from './testing';
import { Browser, expectRefused } from './testing/factors';

const [MINUTE, HOUR, STEP] = [60_000, 3_600_000, 30_000];

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
// In the middle of a time step, so that it does not end during a test.
beforeEach(() => (auth.clock.ahead = STEP - (Date.now() % STEP) + 1_000));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

const staff = (...args: string[]) => auth.staff(...args);

async function someone(email: string) {
  const browser = new Browser(auth);
  const { id } = (await browser.signUp(email)).body as { id: string };
  expect((await auth.confirm(id, email)).status).toBe(200);
  return { id, browser };
}

/** Someone at the support desk, signed in with both factors. */
async function atDesk(email = 'desk@test.com') {
  const { id, browser } = await someone(email);
  const app = await browser.addApp();
  await staff('add', email);
  await browser.signOut();
  await signIn(browser, email, app.code(1));
  return { id, browser, ...app };
}

async function signIn(browser: Browser, email: string, code: string) {
  expectRefused(await browser.signIn(email), 'factor-required');
  expect((await browser.send('post', 'signin/step', { code })).status).toBe(200);
}

const jwtIn = ({ cookies }: Browser) => {
  const value = /session=([^;]+)/.exec(cookies)?.[1] ?? '';
  return (JSON.parse(Buffer.from(value, 'base64').toString()) as { jwt: string }).jwt;
};
const claimsIn = (browser: Browser) =>
  JSON.parse(Buffer.from(jwtIn(browser).split('.')[1] ?? '', 'base64url').toString()) as { iat: number; exp: number };
const roleIn = ({ cookies }: Browser) =>
  tokens([TEST_KEY], { has: () => false }).of({ headers: { cookie: cookies } } as Request)?.session.role;
const queue = (browser: Browser) => browser.send('get', 'support/queue');
const currentUser = async (browser: Browser) => {
  const { body } = await browser.send('get', 'currentuser');
  return (body as { currentUser: { role?: string } | null }).currentUser;
};
/** Lets this much time pass for the service, and for the token, which is issued that much earlier. */
const pass = (ms: number) => (auth.clock.ahead += ms);

describe('the command', () => {
  test('adds the owner of an address, lists them, and removes them', async () => {
    const { id } = await someone('ann@test.com');
    expect(await staff('add', 'Ann@Test.com')).toEqual({
      account: id,
      role: 'support',
      isTwoStep: false,
      before: false,
    });
    expect(await staff('add', 'ann@test.com')).toMatchObject({ before: true });
    expect(await staff('list')).toEqual({ staff: [{ account: id, email: 'ann@test.com', isTwoStep: false }] });
    expect(await staff('remove', 'ann@test.com')).toEqual({ account: id, role: null });
    expect(await staff('list')).toEqual({ staff: [] });
  });

  test('takes an account by its id as well', async () => {
    const { id } = await someone('ann@test.com');
    expect(await staff('add', id.toUpperCase())).toMatchObject({ account: id, role: 'support' });
    expect(await staff('remove', id)).toMatchObject({ account: id, role: null });
    await expect(staff('remove', newId())).rejects.toThrow('No account');
  });

  test('reports that there is no one to remove', async () => {
    await someone('ann@test.com');
    await expect(staff('remove', 'ann@test.com')).rejects.toThrow('not at the support desk: `staff list`');
  });

  test('refuses an address that may be someone else’s, that no account has, or whose account is frozen', async () => {
    const { id } = (await new Browser(auth).signUp('ann@test.com')).body as { id: string };
    await expect(staff('add', 'ann@test.com')).rejects.toThrow('not confirmed');
    await expect(staff('add', 'nobody@test.com')).rejects.toThrow('No account');
    await auth.confirm(id, 'ann@test.com');
    await Users.updateOne({ _id: id }, { frozenAt: new Date() });
    await expect(staff('add', 'ann@test.com')).rejects.toThrow('frozen');
    expect(await staff('list')).toEqual({ staff: [] });
  });

  test('refuses an address confirmed before confirmedBy existed, until its owner follows a link', async () => {
    const { id } = await someone('ann@test.com');
    await Users.updateOne({ _id: id }, { $unset: { confirmedBy: 1 } });
    await expect(staff('add', 'ann@test.com')).rejects.toThrow('first its owner');
    await auth.confirm(id, 'ann@test.com');
    expect(await staff('add', 'ann@test.com')).toMatchObject({ account: id, before: false });
  });

  test('refuses an address that the desk confirmed, until its owner follows a link to it', async () => {
    const desk = deskCookieOf();
    const vouched = async (email: string) => {
      const { id } = (await new Browser(auth).signUp(email)).body as { id: string };
      const path = `/api/users/support/people/${id}/confirm`;
      await request(auth.app).post(path).set('Cookie', desk).send({ reason: 'they called' }).expect(200);
      await expect(staff('add', email)).rejects.toThrow('confirmed by the support desk: first its owner');
      return id;
    };
    const ann = await vouched('ann@test.com');
    expect((await auth.confirm(ann, 'ann@test.com')).status).toBe(200);
    expect(await staff('add', 'ann@test.com')).toMatchObject({ account: ann });

    const bob = await vouched('bob@test.com');
    const token = await auth.links.issue('reset', bob, 'bob@test.com');
    await auth.post('reset', { token, password: 'another horse' }).expect(200);
    expect(await staff('add', 'bob@test.com')).toMatchObject({ account: bob });
  });

  test.each([[[]], [['add']], [['promote', 'ann@test.com']], [['add', 'a@test.com', 'b@test.com']], [['list', 'x']]])(
    'rejects the arguments %j',
    (args) => {
      expect(() => staff(...args)).toThrow('Usage');
    },
  );
});

describe('the role', () => {
  test('needs a second factor when the session begins', async () => {
    const { browser } = await someone('ann@test.com');
    await staff('add', 'ann@test.com');
    expectRefused(await queue(browser), 'support-only');
    await browser.signOut();
    expect((await browser.signIn('ann@test.com')).status).toBe(200);
    expectRefused(await queue(browser), 'support-only');
    expect((await browser.send('get', 'me')).body).toMatchObject({ role: 'support' });
    expect(await currentUser(browser)).not.toHaveProperty('role');
    // A proof later on is not enough.
    const app = await browser.addApp();
    expectRefused(await queue(browser), 'support-only');
    await browser.signOut();
    await signIn(browser, 'ann@test.com', app.code(1));
    expect((await queue(browser)).status).toBe(200);
    expect(await currentUser(browser)).toMatchObject({ role: 'support' });
  });

  test('comes with a passkey, which counts as both factors', async () => {
    const { browser } = await someone('ann@test.com');
    const { authenticator } = await browser.addPasskey();
    await staff('add', 'ann@test.com');
    await browser.signOut();
    expect((await browser.signInBy(authenticator)).status).toBe(200);
    expect((await queue(browser)).status).toBe(200);
  });

  test('no one else gets it, however they sign in', async () => {
    const { browser } = await someone('ann@test.com');
    const { authenticator } = await browser.addPasskey();
    await browser.signOut();
    await browser.signInBy(authenticator);
    expect(roleIn(browser)).toBeUndefined();
    expect(await currentUser(browser)).not.toHaveProperty('role');
  });

  test('ends, with all sessions of the account, when it is revoked', async () => {
    const { browser } = await atDesk();
    expect((await queue(browser)).status).toBe(200);
    await staff('remove', 'desk@test.com');
    expectRefused(await queue(browser), 'sign-in-first');
    expect(await browser.isIn()).toBe(false);
  });

  test('of a sign-in in progress is gone if it is revoked meanwhile', async () => {
    const { browser, code } = await atDesk();
    await browser.signOut();
    pass(STEP);
    expectRefused(await browser.signIn('desk@test.com'), 'factor-required');
    const [step] = await Promise.all([
      browser.send('post', 'signin/step', { code: code(1) }),
      staff('remove', 'desk@test.com'),
    ]);
    expect([200, 400]).toContain(step.status);
    expect((await queue(browser)).status).not.toBe(200);
  });

  test('ends when two-step sign-in is turned off, here and elsewhere', async () => {
    const { browser, code } = await atDesk();
    const elsewhere = browser.copy();
    await Counts.deleteMany({});
    pass(STEP);
    await browser.prove({ password: PASSWORD, code: code(1) });
    expect((await browser.send('delete', 'me/factors')).status).toBe(204);
    expectRefused(await queue(browser), 'support-only');
    expectRefused(await queue(elsewhere), 'sign-in-first');
    expect(await browser.isIn()).toBe(true);
  });
});

describe('a session of the desk', () => {
  test('lasts twelve hours in all, used or not', async () => {
    const { browser } = await atDesk();
    const [begun] = [claimsIn(browser)];
    const [lasts, all] = [begun.exp - begun.iat, lifetimes.supportSession / 1000];
    // A session's id contains the second when it began.
    expect([all - 1, all]).toContain(lasts);
    // Renewed, it keeps its role and its end.
    pass(11 * HOUR);
    expect(await currentUser(browser)).toMatchObject({ role: 'support' });
    const renewed = claimsIn(browser);
    expect(renewed.exp - renewed.iat).toBeGreaterThan(0);
    expect(renewed.exp - renewed.iat).toBeLessThanOrEqual(HOUR / 1000);
    expect((await Sessions.findOne({ endedAt: null }).sort({ _id: -1 }).lean())?.expiresAt.getTime()).toBeLessThan(
      Date.now() + 12 * HOUR + MINUTE,
    );
    // A token issued for longer cannot be renewed either.
    const copy = browser.copy();
    pass(HOUR + MINUTE);
    expect(await currentUser(copy)).toBeNull();
  });

  test('survives the end of all others with the same expiry', async () => {
    const { browser } = await atDesk();
    pass(10 * HOUR);
    expect((await browser.send('delete', 'sessions')).status).toBe(204);
    const { exp, iat } = claimsIn(browser);
    expect(exp - iat).toBeLessThanOrEqual((2 * HOUR) / 1000);
    expect((await queue(browser)).status).toBe(200);
  });
});
