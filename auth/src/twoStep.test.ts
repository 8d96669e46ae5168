import { sessions as tokens, type SessionBody } from '@ticketing/common';
import { TEST_KEY, until } from '@ticketing/common/testing';
import type { Request } from 'express';
import { Counts, Messages, Sessions, Users } from './store';
import { cookieIn, startAuth } from './testing';
import { Browser, expectRefused } from './testing/factors';

const [MINUTE, STEP] = [60_000, 30_000];
const PASSWORD = 'correct horse';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
// In the middle of a time step, so that it does not end during a test.
beforeEach(() => (auth.clock.ahead = STEP - (Date.now() % STEP) + 1_000));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

/** Someone with two-step sign-in with an app, whose next code is `code(1)`. */
async function someone(email = 'ann@test.com') {
  const browser = new Browser(auth);
  const { id } = (await browser.signUp(email)).body as { id: string };
  return { id, browser, ...(await browser.addApp()) };
}
async function told(to: string) {
  await auth.settled();
  return (await Messages.find({ to, kind: 'changed' }).lean()).flatMap(({ facts }) =>
    (facts as { news: { what: string }[] }).news.map(({ what }) => what),
  );
}
const factorIn = ({ cookies }: Browser) =>
  tokens([TEST_KEY], { has: () => false }).of({ headers: { cookie: cookies } } as Request)?.session.factor;
const step = (browser: Browser, body: object) => browser.send('post', 'signin/step', body);
const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort();

describe('switched on with an app', () => {
  test('gives ten recovery codes, notifies the owner, and ends all other sessions', async () => {
    const browser = new Browser(auth);
    const { id } = (await browser.signUp('ann@test.com')).body as { id: string };
    const elsewhere = new Browser(auth, '10.0.0.2');
    await elsewhere.signIn('ann@test.com');
    expect(factorIn(browser)).toBeUndefined();
    const { recoveryCodes } = await browser.addApp();
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await browser.factors()).toMatchObject({ isTwoStep: true, hasApp: true, recoveryCodes: 10 });
    expect([await browser.isIn(), await elsewhere.isIn()]).toEqual([true, false]);
    expect(factorIn(browser)).toBeInstanceOf(Date);
    expect(await told(id)).toEqual(['two-step-on']);
  });

  test('none of it is stored in plain text', async () => {
    const { id, recoveryCodes } = await someone();
    const text = JSON.stringify(await Users.findById(id).lean());
    for (const code of recoveryCodes) expect(text).not.toContain(code.replaceAll('-', ''));
    expect(text).not.toMatch(/"secret":"[A-Z2-7]{32}"/);
  });

  test('needs a code from the app, and a proof of identity', async () => {
    const browser = new Browser(auth);
    await browser.signUp('ann@test.com');
    expectRefused(await browser.send('put', 'me/app', { code: '123456' }), 'challenge-expired');
    const { secret } = (await browser.send('post', 'me/app')).body as { secret: string };
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expectRefused(await browser.send('put', 'me/app', { code: '000000' }), 'code-wrong');
    expect(await browser.factors()).toMatchObject({ isTwoStep: false, hasApp: false });
    auth.clock.ahead += 11 * MINUTE;
    expectRefused(await browser.send('post', 'me/app'), 'proof-required');
  });
});

describe('signing in by password', () => {
  test('works as before without a second factor', async () => {
    await auth.signUp('bob@test.com');
    const reads = jest.spyOn(Users.collection, 'find');
    const [one, writes] = [jest.spyOn(Users.collection, 'findOne'), jest.spyOn(Users.collection, 'updateOne')];
    const { body, status } = await new Browser(auth).signIn('bob@test.com');
    expect({ status, body }).toEqual({ status: 200, body: { id: expect.any(String), email: 'bob@test.com' } });
    // The search for unpublished events runs all the time.
    const lookups = reads.mock.calls.filter(
      ([filter = {}]) => !('outbox.0' in filter || 'outbox.occurredAt' in filter),
    );
    expect([lookups, one.mock.calls, writes.mock.calls].map(({ length }) => length)).toEqual([1, 0, 0]);
    jest.restoreAllMocks();
  });

  test('also takes a code, even from a known device', async () => {
    const { id, browser, code } = await someone();
    const before = await Sessions.countDocuments();
    await browser.signOut();
    const first = await browser.signIn('ann@test.com');
    expect(first.status).toBe(403);
    expect(first.body).toMatchObject({ errors: [{ code: 'factor-required', params: { steps: 'app, recovery' } }] });
    expect(await browser.isIn()).toBe(false);
    expect(await Sessions.countDocuments()).toBe(before);
    expectRefused(await step(browser, { code: '000000' }), 'code-wrong');
    expect(await browser.isIn()).toBe(false);
    expect((await step(browser, { code: code(1) })).body).toEqual({ id, email: 'ann@test.com' });
    expect(await browser.isIn()).toBe(true);
    expect(factorIn(browser)).toBeInstanceOf(Date);
  });

  test('a second step needs a step ticket, which is valid once', async () => {
    const { browser, code, recoveryCodes } = await someone();
    expectRefused(await step(new Browser(auth), { code: code(1) }), 'step-expired');
    const other = new Browser(auth, '10.0.0.2');
    await other.signIn('ann@test.com');
    const copy = other.copy();
    expect((await step(other, { code: code(1) })).status).toBe(200);
    expectRefused(await step(copy, { code: recoveryCodes[0] }), 'step-expired');
    const late = browser.copy();
    await late.signIn('ann@test.com');
    auth.clock.ahead += 6 * MINUTE;
    expectRefused(await step(late, { code: code(0) }), 'step-expired');
  });

  test('a ticket is void once the password has changed', async () => {
    const { browser, code } = await someone();
    const other = new Browser(auth, '10.0.0.2');
    await other.signIn('ann@test.com');
    await browser.send('put', 'me', { currentPassword: PASSWORD, newPassword: 'a staple of batteries' });
    expectRefused(await step(other, { code: code(1) }), 'step-expired');
  });

  test('a reset password leaves the second step', async () => {
    const { id, browser, code } = await someone();
    await auth.confirm(id, 'ann@test.com');
    const token = await auth.links.issue('reset', id, 'ann@test.com');
    await browser.send('post', 'reset', { token, password: 'a staple of batteries' });
    expect(await browser.isIn()).toBe(false);
    expect((await browser.signIn('ann@test.com', 'a staple of batteries')).status).toBe(403);
    expect((await step(browser, { code: code(1) })).status).toBe(200);
  });

  test('suffices once the owner of an address has taken over the account of whoever signed up with it', async () => {
    const { id } = await someone();
    await Users.updateOne({ _id: id }, { $push: { passkeys: { credential: 'theirs' } } });
    const [owner, password] = [new Browser(auth, '10.0.0.2'), 'a staple of batteries'];
    const reset = { token: await auth.links.issue('reset', id, 'ann@test.com'), password };
    expect((await owner.send('post', 'reset', reset)).status).toBe(200);
    expect((await owner.signIn('ann@test.com', password)).status).toBe(200);
    expect(await owner.factors()).toMatchObject({ isTwoStep: false, passkeys: [] });
  });
});

describe('a code of the app', () => {
  /** That many browsers that have given the password. */
  const browsers = (count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const browser = new Browser(auth, `10.0.1.${index}`);
        await browser.signIn('ann@test.com');
        return browser;
      }),
    );

  test('is accepted once, even concurrently', async () => {
    const { code } = await someone();
    const both = await browsers(2);
    expect(statuses(await Promise.all(both.map((each) => step(each, { code: code(1) }))))).toEqual([200, 400]);
    const [again] = await browsers(1);
    if (again) expectRefused(await step(again, { code: code(1) }), 'code-wrong');
  });

  test('is valid one step before and after its own, and no more', async () => {
    const { code } = await someone();
    const [early, late] = [code(2), code(-2)];
    const [one, two] = await browsers(2);
    if (!one || !two) throw new Error('two browsers');
    for (const each of [early, late, code(0)]) expectRefused(await step(one, { code: each }), 'code-wrong');
    auth.clock.ahead += STEP;
    expect((await step(one, { code: early })).status).toBe(200);
    // An earlier step than one already used.
    expectRefused(await step(two, { code: code(0) }), 'code-wrong');
  });

  test('can be guessed ten times, from however many networks, even concurrently', async () => {
    const { browser, code } = await someone();
    const many = await browsers(15);
    const guesses = await Promise.all(many.map((each, index) => step(each, { code: `${100_000 + index}` })));
    expect(statuses(guesses)).toEqual([...Array<number>(10).fill(400), ...Array<number>(5).fill(429)]);
    const [another] = many;
    if (another) expectRefused(await step(another, { code: code(1) }), 'too-many-codes');
    // A known device is not locked out.
    await browser.signIn('ann@test.com');
    expect((await step(browser, { code: code(1) })).status).toBe(200);
  });

  test("cannot be guessed more often by someone who reads its owner's mail", async () => {
    const { id, code } = await someone();
    await auth.confirm(id, 'ann@test.com');
    const many = await browsers(10);
    await Promise.all(many.map((each, index) => step(each, { code: `${100_000 + index}` })));
    const thief = new Browser(auth, '10.0.0.9');
    const password = 'a staple of batteries';
    await thief.send('post', 'reset', { token: await auth.links.issue('reset', id, 'ann@test.com'), password });
    await thief.signIn('ann@test.com', password);
    expectRefused(await step(thief, { code: code(1) }), 'too-many-codes');
  });

  test('cannot be guessed more often by someone with a hundred known browsers', async () => {
    const { id, browser, code } = await someone();
    await browser.signIn('ann@test.com');
    await Counts.collection.insertOne({
      ...{ key: `codes-of-devices:${id}`, points: 100, expire: new Date(Date.now() + 60 * MINUTE) },
    });
    expectRefused(await step(browser, { code: code(1) }), 'too-many-codes');
  });

  test('does not count if it is right', async () => {
    const { id, browser, code } = await someone();
    const [other] = await browsers(1);
    if (other) await step(other, { code: code(1) });
    void browser;
    expect(await Counts.findOne({ key: `codes:${id}` }).lean()).toMatchObject({ points: 0 });
  });
});

describe('a recovery code', () => {
  test('is accepted once, even concurrently, however it is typed, and the owner is notified', async () => {
    const { id, browser, recoveryCodes } = await someone();
    const typed = recoveryCodes[0]?.toLowerCase().replaceAll('-', ' ');
    const both = [new Browser(auth, '10.0.0.2'), new Browser(auth, '10.0.0.3')];
    for (const each of both) await each.signIn('ann@test.com');
    expect(statuses(await Promise.all(both.map((each) => step(each, { code: typed }))))).toEqual([200, 400]);
    expect(await browser.factors()).toMatchObject({ recoveryCodes: 9 });
    expect(await told(id)).toEqual(['two-step-on', 'code-used']);
  });

  test('is void once there are new ones', async () => {
    const { id, browser, recoveryCodes } = await someone();
    const made = (await browser.send('post', 'me/recovery-codes')).body as { recoveryCodes: string[] };
    expect(made.recoveryCodes).toHaveLength(10);
    await browser.signIn('ann@test.com');
    expectRefused(await step(browser, { code: recoveryCodes[0] }), 'code-wrong');
    expect((await step(browser, { code: made.recoveryCodes[9] })).status).toBe(200);
    expect(await told(id)).toEqual(['two-step-on', 'codes-made', 'code-used']);
  });

  test('there is none without two-step sign-in', async () => {
    const browser = new Browser(auth);
    await browser.signUp('ann@test.com');
    expectRefused(await browser.send('post', 'me/recovery-codes'), 'factor-off');
  });
});

describe('with passkeys', () => {
  test('it asks for one of them after the password', async () => {
    const browser = new Browser(auth);
    await browser.signUp('ann@test.com');
    expectRefused(await browser.send('put', 'me/factors'), 'factor-missing');
    const { authenticator, passkey } = await browser.addPasskey();
    const { recoveryCodes } = (await browser.send('put', 'me/factors')).body as { recoveryCodes: string[] };
    expect(recoveryCodes).toHaveLength(10);
    await browser.signOut();
    expect((await browser.signIn('ann@test.com')).status).toBe(403);
    const bob = new Browser(auth);
    await bob.signUp('bob@test.com');
    const { authenticator: other } = await bob.addPasskey();
    const foreign = other.get(await browser.options('signin'));
    expectRefused(await step(browser, { credential: foreign }), 'passkey-unknown');
    const asked = await browser.options('signin');
    expect(asked).toMatchObject({ allowCredentials: [{ id: authenticator.id }] });
    expect((await step(browser, { credential: authenticator.get(asked) })).status).toBe(200);
    expectRefused(await browser.send('delete', `me/passkeys/${passkey.id}`), 'factor-last');
  });

  test('a passkey alone signs in, without a second step', async () => {
    const { browser } = await someone();
    const { authenticator } = await browser.addPasskey();
    await browser.signOut();
    expect((await browser.signInBy(authenticator)).status).toBe(200);
    expect(factorIn(browser)).toBeInstanceOf(Date);
  });

  test('the app may be removed', async () => {
    const { id, browser } = await someone();
    expectRefused(await browser.send('delete', 'me/app'), 'factor-last');
    await browser.addPasskey();
    expect((await browser.send('delete', 'me/app')).status).toBe(204);
    expect(await browser.factors()).toMatchObject({ isTwoStep: true, hasApp: false });
    expect(await told(id)).toEqual(['two-step-on', 'passkey-added', 'app-removed']);
  });
});

describe('a proof of identity', () => {
  test('takes both steps where signing in does', async () => {
    const { id, browser, code } = await someone();
    auth.clock.ahead += 11 * MINUTE;
    for (const [method, path] of [
      ['delete', 'me/factors'],
      ['delete', 'me/app'],
      ['put', 'me/factors'],
      ['post', 'me/app'],
      ['post', 'me/recovery-codes'],
      ['post', 'me/passkeys/options'],
    ] as const)
      expectRefused(await browser.send(method, path), 'proof-required');
    const change = { currentPassword: PASSWORD, newPassword: 'a staple of batteries' };
    expectRefused(await browser.send('put', 'me', change), 'proof-required');
    expectRefused(await browser.prove(), 'code-wrong');
    expectRefused(await browser.prove({ password: PASSWORD, code: '000000' }), 'code-wrong');
    expectRefused(await browser.send('delete', 'me/factors'), 'proof-required');
    expect((await browser.prove({ password: PASSWORD, code: code(0) })).status).toBe(204);
    expect((await browser.send('delete', 'me/factors')).status).toBe(204);
    expect(await browser.factors()).toMatchObject({ isTwoStep: false, hasApp: false, recoveryCodes: 0 });
    expect(factorIn(browser)).toBeUndefined();
    expect(await told(id)).toEqual(['two-step-on', 'two-step-off']);
    await browser.signOut();
    expect((await browser.signIn('ann@test.com')).status).toBe(200);
  });

  test('continues under a new name: a copy of the old cookie gains nothing from it', async () => {
    const browser = new Browser(auth);
    const { id } = (await browser.signUp('ann@test.com')).body as { id: string };
    const list = async () => (await browser.send('get', 'sessions')).body as SessionBody[];
    const [former] = await list();
    const copy = browser.copy();
    expectRefused(await browser.prove({ password: 'wrong horse' }), 'current-password-wrong');
    expect(await copy.isIn()).toBe(true);
    expect((await browser.prove()).status).toBe(204);
    expectRefused(await copy.send('post', 'me/app'), 'sign-in-first');
    expectRefused(await copy.prove(), 'sign-in-first');
    expect((await browser.send('post', 'me/app')).status).toBe(200);
    const listed = await list();
    expect(listed).toEqual([
      { ...former, id: expect.not.stringMatching(former?.id ?? ''), lastUsedAt: expect.any(String) },
    ]);
    await until(() =>
      auth.heard.some(({ data }) => 'endedAt' in data && data.userId === id && data.sid === former?.id),
    );
  });

  test('given twice concurrently counts once: the session continues in one of the two', async () => {
    const browser = new Browser(auth);
    await browser.signUp('ann@test.com');
    const copies = [browser, browser.copy()];
    expect(statuses(await Promise.all(copies.map((each) => each.prove())))).toEqual([204, 401]);
    const isIn = await Promise.all(copies.map((each) => each.isIn()));
    expect(isIn.filter(Boolean)).toHaveLength(1);
  });

  test('the time of the second factor survives renewal of the token', async () => {
    const { browser } = await someone();
    const factor = factorIn(browser);
    auth.clock.ahead += 11 * MINUTE;
    const renewed = await browser.send('get', 'currentuser');
    expect(cookieIn(renewed)).toContain('session=');
    expect(factorIn(browser)).toEqual(factor);
  });
});
