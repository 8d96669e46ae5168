import { Messages, Users } from './store';
import { SITE, startAuth } from './testing';
import { newAuthenticator } from './testing/authenticator';
import { Browser, expectRefused } from './testing/factors';

const MINUTE = 60_000;

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
afterEach(async () => {
  auth.clock.ahead = 0;
  await auth.clear();
});
afterAll(() => auth.stop());

/** Someone with a passkey. */
async function someone(email = 'ann@test.com') {
  const browser = new Browser(auth);
  const { id } = (await browser.signUp(email)).body as { id: string };
  return { id, browser, ...(await browser.addPasskey()) };
}
async function told(to: string) {
  await auth.settled();
  return (await Messages.find({ to, kind: 'changed' }).lean()).flatMap(({ facts }) =>
    (facts as { news: { what: string }[] }).news.map(({ what }) => what),
  );
}
const passkeysOf = async (id: string) => (await Users.findById(id).lean())?.passkeys ?? [];

describe('adding a passkey', () => {
  test('stores it under its name, and notifies the owner', async () => {
    const { id, browser, answer } = await someone();
    expect(answer.status).toBe(201);
    expect(await browser.factors()).toMatchObject({ isTwoStep: false, passkeys: [{ name: 'Key', lastUsedAt: null }] });
    expect(await told(id)).toEqual(['passkey-added']);
  });

  test('needs a password or passkey proof from the last ten minutes', async () => {
    const { browser, authenticator } = await someone();
    auth.clock.ahead = 11 * MINUTE;
    expectRefused(await browser.send('post', 'me/passkeys/options'), 'proof-required');
    expectRefused(await browser.prove({ password: 'wrong horse' }), 'current-password-wrong');
    expectRefused(await browser.send('post', 'me/passkeys/options'), 'proof-required');
    expect((await browser.prove()).status).toBe(204);
    expect((await browser.send('post', 'me/passkeys/options')).status).toBe(200);
    auth.clock.ahead += 11 * MINUTE;
    const credential = authenticator.get(await browser.options('me/proof'));
    expect((await browser.prove({ credential })).status).toBe(204);
    expect((await browser.addPasskey()).answer.status).toBe(201);
  });

  test('refuses a response to anything but a current challenge of this account', async () => {
    const { id, browser } = await someone();
    const add = (credential: object, from = browser) => from.send('post', 'me/passkeys', { name: 'Other', credential });
    const made = newAuthenticator(SITE);
    const credential = made.create(await browser.options('me/passkeys'));
    const before = browser.copy();
    auth.clock.ahead = 6 * MINUTE;
    expectRefused(await add(credential), 'challenge-expired');
    auth.clock.ahead = 0;
    // Another challenge.
    await browser.options('me/passkeys');
    expectRefused(await add(credential), 'passkey-invalid');
    // One issued for signing in.
    expectRefused(await add(newAuthenticator(SITE).create(await browser.options('passkeys'))), 'challenge-expired');
    // Another account's, with its cookie copied.
    const other = new Browser(auth);
    await other.signUp('bob@test.com');
    other.take('challenge', before);
    expectRefused(await add(credential, other), 'challenge-expired');
    expect(await passkeysOf(id)).toHaveLength(1);
    // The right one, once.
    expect((await add(credential, before.copy())).status).toBe(201);
    expectRefused(await add(credential, before.copy()), 'challenge-expired');
    expect(await passkeysOf(id)).toHaveLength(2);
  });

  test('refuses one created on another site, and one that is already registered', async () => {
    const { id, browser } = await someone();
    const other = newAuthenticator(SITE);
    const foreign = other.create(await browser.options('me/passkeys'), 'https://evil.test');
    expectRefused(await browser.send('post', 'me/passkeys', { name: 'Evil', credential: foreign }), 'passkey-invalid');
    const bob = new Browser(auth);
    await bob.signUp('bob@test.com');
    for (const [each, code] of [
      [browser, undefined],
      [browser, 'passkey-known'],
      [bob, 'passkey-known'],
    ] as const) {
      const credential = other.create(await each.options('me/passkeys'));
      const answer = await each.send('post', 'me/passkeys', { name: 'Own', credential });
      if (code) expectRefused(answer, code);
      else expect(answer.status).toBe(201);
    }
    expect(await passkeysOf(id)).toHaveLength(2);
  });

  test('is limited to ten', async () => {
    const { browser } = await someone();
    for (let count = 1; count < 9; count++) await browser.addPasskey();
    const [one, two] = [browser.copy(), browser.copy()];
    const made = await Promise.all(
      [one, two].map(async (each) => newAuthenticator(SITE).create(await each.options('me/passkeys'))),
    );
    const answers = await Promise.all(
      [one, two].map((each, index) => each.send('post', 'me/passkeys', { name: 'Last', credential: made[index] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await browser.send('post', 'me/passkeys/options')).status).toBe(409);
  });
});

describe('a passkey', () => {
  test('signs in without the password, and counts as both steps', async () => {
    const { id, browser, authenticator } = await someone();
    await browser.signOut();
    const answer = await browser.signInBy(authenticator);
    expect(answer.body).toEqual({ id, email: 'ann@test.com' });
    expect(await browser.isIn()).toBe(true);
    expect((await passkeysOf(id))[0]).toMatchObject({ counter: 1, lastUsedAt: expect.any(Date) });
  });

  test('gets the same options, whoever asks', async () => {
    const { browser } = await someone();
    const [asked, stranger] = [await browser.options('passkeys'), await new Browser(auth).options('passkeys')];
    expect({ ...asked, challenge: '' }).toEqual({ ...stranger, challenge: '' });
    expect(asked).toMatchObject({ allowCredentials: [], userVerification: 'required' });
  });

  test.each([
    ['signed for another site', { origin: 'https://evil.test' }],
    ['that did not verify its user', { verifies: false }],
    ["that names another's account", { handle: Buffer.from('f'.repeat(24)).toString('base64url') }],
  ])('%s is refused', async (_what, how) => {
    const { id, browser, authenticator } = await someone();
    await browser.signOut();
    expectRefused(await browser.signInBy(authenticator, how), 'passkey-invalid');
    expect(await browser.isIn()).toBe(false);
    expect((await passkeysOf(id))[0]).toMatchObject({ counter: 0, lastUsedAt: null });
  });

  test('whose counter does not increase was copied, and is refused', async () => {
    const { id, browser, authenticator } = await someone();
    await browser.signInBy(authenticator, { count: 7 });
    await browser.signOut();
    for (const count of [7, 6, 0]) expectRefused(await browser.signInBy(authenticator, { count }), 'passkey-invalid');
    expect(await browser.isIn()).toBe(false);
    expect((await passkeysOf(id))[0]).toMatchObject({ counter: 7 });
    expect((await browser.signInBy(authenticator, { count: 8 })).status).toBe(200);
  });

  test('answers a challenge only once, even concurrently', async () => {
    const { browser, authenticator } = await someone();
    await browser.signOut();
    const credential = authenticator.get(await browser.options('passkeys'));
    const answers = await Promise.all(
      [browser.copy(), browser.copy()].map((each) => each.send('post', 'passkeys/signin', { credential })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expectRefused(await browser.copy().send('post', 'passkeys/signin', { credential }), 'challenge-expired');
  });

  test('works only in the browser that was challenged', async () => {
    const { browser, authenticator } = await someone();
    const credential = authenticator.get(await browser.options('passkeys'));
    expectRefused(await new Browser(auth).send('post', 'passkeys/signin', { credential }), 'challenge-expired');
  });

  test('of someone else proves nothing', async () => {
    const { browser } = await someone();
    const bob = await someone('bob@test.com');
    const credential = bob.authenticator.get(await browser.options('me/proof'));
    expectRefused(await browser.prove({ credential }), 'passkey-unknown');
  });

  test('can be renamed only by its owner', async () => {
    const { browser, passkey } = await someone();
    const bob = new Browser(auth);
    await bob.signUp('bob@test.com');
    expectRefused(await bob.send('put', `me/passkeys/${passkey.id}`, { name: 'Mine' }), 'passkey-not-found');
    expectRefused(await bob.send('delete', `me/passkeys/${passkey.id}`), 'passkey-not-found');
    expect((await browser.send('put', `me/passkeys/${passkey.id}`, { name: ' Phone ' })).body).toEqual({
      ...passkey,
      name: 'Phone',
    });
  });

  test('cannot sign in once removed, and its removal ends all other sessions', async () => {
    const { id, browser, authenticator, passkey } = await someone();
    const elsewhere = new Browser(auth, '10.0.0.2');
    await elsewhere.signInBy(authenticator);
    expect((await browser.send('delete', `me/passkeys/${passkey.id}`)).status).toBe(204);
    expect([await browser.isIn(), await elsewhere.isIn()]).toEqual([true, false]);
    expectRefused(await elsewhere.signInBy(authenticator), 'passkey-unknown');
    expect(await elsewhere.isIn()).toBe(false);
    expect(await told(id)).toEqual(['passkey-added', 'passkey-removed']);
  });
});
