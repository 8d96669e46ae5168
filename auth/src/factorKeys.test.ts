import { TEST_KEY } from '@ticketing/common/testing';
import { takeStep } from './factorStore';
import { sealing } from './sealing';
import { Users } from './store';
import { FORMER_KEY, startAuth } from './testing';
import { Browser, expectRefused } from './testing/factors';

/** The key that seals the secrets of apps is replaced. */

const STEP = 30_000;
const [current, former, dropped] = [[TEST_KEY], [FORMER_KEY], ['dropped key']].map(sealing) as [Seals, Seals, Seals];
type Seals = ReturnType<typeof sealing>;

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
beforeEach(() => (auth.clock.ahead = STEP - (Date.now() % STEP) + 1_000));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

const stored = async (id: string) => (await Users.findById(id).lean())?.app?.secret ?? '';

/** Someone with an app, whose secret was sealed by a key; and a browser that was asked for its code. */
async function someone(seals: Seals) {
  const browser = new Browser(auth);
  const { id } = (await browser.signUp('ann@test.com')).body as { id: string };
  const app = await browser.addApp();
  const { secret } = current.open(await stored(id), id);
  const sealed = seals.seal(secret, id);
  await Users.updateOne({ _id: id }, { 'app.secret': sealed });
  await browser.signOut();
  await browser.signIn('ann@test.com');
  return { id, browser, secret, sealed, ...app };
}
const step = (browser: Browser, code: string) => browser.send('post', 'signin/step', { code });

test('what a former key sealed is sealed anew when its code is used, which counts once', async () => {
  const { id, browser, secret, sealed: sealedBefore, code } = await someone(former);
  expectRefused(await step(browser, '000000'), 'code-wrong');
  expect(() => current.open(sealedBefore, id)).toThrow('FACTOR_KEY');
  expect((await step(browser, code(1))).status).toBe(200);
  const sealed = await stored(id);
  expect(current.open(sealed, id)).toEqual({ secret, sealed });
  expect(() => former.open(sealed, id)).toThrow('FACTOR_KEY');
  await browser.signIn('ann@test.com');
  expectRefused(await step(browser, code(1)), 'code-wrong');
  auth.clock.ahead += STEP;
  await browser.signIn('ann@test.com');
  expect((await step(browser, code(1))).status).toBe(200);
  expect(await stored(id)).toBe(sealed);
});

test('two codes at once that seal it anew count once', async () => {
  const { id, browser, secret, code } = await someone(former);
  const answers = await Promise.all([browser.copy(), browser.copy()].map((one) => step(one, code(1))));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(current.open(await stored(id), id)).toMatchObject({ secret });
});

test('an app that was replaced meanwhile stays replaced', async () => {
  const { id, sealed } = await someone(former);
  await Users.updateOne({ _id: id }, { 'app.secret': 'another' });
  expect(await takeStep(id, sealed, 1e12, 'sealed anew')).toBe(false);
  expect(await stored(id)).toBe('another');
});

test('an app that is being set up while the key is replaced is sealed by the new one', async () => {
  const browser = new Browser(auth);
  const { id } = (await browser.signUp('ann@test.com')).body as { id: string };
  const { secret } = (await browser.send('post', 'me/app')).body as { secret: string };
  await Users.updateOne({ _id: id }, { 'pendingApp.secret': former.seal(secret, id) });
  expect((await browser.send('put', 'me/app', { code: browser.codeOf(secret)(0) })).status).toBe(200);
  expect(current.open(await stored(id), id)).toMatchObject({ secret });
});

test('an app whose key is dropped while it is being set up has to be set up again', async () => {
  const browser = new Browser(auth);
  const { id } = (await browser.signUp('ann@test.com')).body as { id: string };
  const { secret } = (await browser.send('post', 'me/app')).body as { secret: string };
  await Users.updateOne({ _id: id }, { 'pendingApp.secret': dropped.seal(secret, id) });
  expectRefused(await browser.send('put', 'me/app', { code: browser.codeOf(secret)(0) }), 'challenge-expired');
  expect((await browser.addApp()).answer.status).toBe(200);
});

test('whose key was dropped signs in with a recovery code, and sets up the app again', async () => {
  const { id, browser, sealed, code, recoveryCodes } = await someone(dropped);
  expectRefused(await step(browser, code(1)), 'code-wrong');
  expect(await stored(id)).toBe(sealed);
  expect((await step(browser, recoveryCodes[0] ?? '')).status).toBe(200);
  expect((await browser.addApp()).answer.status).toBe(200);
  expect(current.open(await stored(id), id).sealed).not.toBe(sealed);
});
