import type { FactorsBody } from '@ticketing/common';
import { Secret, TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { newEmail } from './people';
import { elsewhere } from './config';
import { eventually } from './eventually';
import { expireProofs } from './proofs';
import { System } from './stack';
import { openBrowser, Visitor } from './visitor';

const PASSWORD = 'correct horse battery';

let system: System;
let browser: Browser;
beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterAll(() => system.expectNothingLost());

const NOTE_REQUESTS = `{
  const { credentials } = navigator;
  const get = credentials.get.bind(credentials);
  credentials.get = (options) => {
    window.asked = options.mediation;
    return get(options);
  };
}`;

/**
 * Gives a visitor's browser an authenticator that verifies its user. `touch` sets whether they touch it for what is
 * asked from then on; `untilOffered` waits until the email field of the next page offers its passkeys.
 */
async function authenticatorOf({ page }: Visitor) {
  await page.addInitScript(NOTE_REQUESTS);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...({ protocol: 'ctap2', transport: 'internal' } as const),
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: false },
    },
  });
  return {
    touch: (enabled: boolean) => cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
    untilOffered: () => eventually(async () => expect(await page.evaluate('window.asked')).toBe('conditional')),
    count: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}

const signOut = ({ page }: Visitor) => page.request.post('/api/users/signout', { data: {} });
const isIn = async (visitor: Visitor) => {
  await visitor.page.waitForURL('**/account');
  await visitor.readsHeading('Passkeys');
};
const factorsOf = async ({ page }: Visitor) =>
  (await (await page.request.get('/api/users/me/factors')).json()) as FactorsBody;

/** A visitor on their account page. */
async function someone() {
  const [visitor, email] = [await Visitor.enter(browser, system.url, { locale: 'en-US' }), newEmail()];
  await visitor.open('/auth/signup');
  await visitor.signUp(email);
  await visitor.open('/account');
  return { visitor, email };
}

/** Enters the password on the sign-in page. */
async function givePassword(visitor: Visitor, email: string) {
  await signOut(visitor);
  await visitor.open('/auth/signin?next=/account');
  await visitor.fill({ Email: email, Password: PASSWORD });
  await visitor.press('Sign in');
}

it('a passkey is added, signs in by the button and by autofill, and is removed', async () => {
  const { visitor, email } = await someone();
  const authenticator = await authenticatorOf(visitor);
  await authenticator.touch(true);
  await visitor.fill({ 'Name of the new passkey': 'My laptop' });
  await visitor.press('Add a passkey');
  await visitor.reads('My laptop');
  expect(await authenticator.count()).toBe(1);
  await system.mailbox.received(email, 'A passkey was added');

  await signOut(visitor);
  // Offered at the email field, it is not touched until the button is pressed.
  await authenticator.touch(false);
  await visitor.open('/auth/signin?next=/account');
  await authenticator.untilOffered();
  await authenticator.touch(true);
  await visitor.press('Sign in with a passkey');
  await isIn(visitor);

  await signOut(visitor);
  await visitor.open('/auth/signin?next=/account');
  await isIn(visitor);
  expect((await factorsOf(visitor)).passkeys).toMatchObject([{ name: 'My laptop', lastUsedAt: expect.any(String) }]);

  await visitor.press('Remove');
  await visitor.reads('You have none yet.');
  await system.mailbox.received(email, 'A passkey was removed');
  await signOut(visitor);
  await authenticator.touch(false);
  await visitor.open('/auth/signin?next=/account');
  await authenticator.untilOffered();
  await authenticator.touch(true);
  await visitor.press('Sign in with a passkey');
  await visitor.isTold("We don't know this passkey.");
  expect(visitor.complaints).toEqual([]);
});

it('two-step sign-in is turned on with an app, asked for, and passed with its codes and with a recovery code', async () => {
  const { visitor, email } = await someone();
  const { page } = visitor;
  await visitor.press('Set up an authenticator app');
  const key = (await page.locator('.app-key code').innerText()).replaceAll(' ', '');
  /** Codes work once, so each is from a different time step. */
  const code = (ahead: number) =>
    new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + ahead * 30_000 });
  await visitor.fill({ 'Code from your authenticator app': code(0) });
  await visitor.press('Switch on');
  await visitor.readsHeading('Your recovery codes');
  const recoveryCodes = await page.locator('.recovery-codes code').allInnerTexts();
  expect(recoveryCodes).toHaveLength(10);
  await visitor.follow('My orders');
  await visitor.reads("We won't show these recovery codes again.");
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await visitor.readsHeading('My orders');
  await page.goBack();
  await visitor.reads(recoveryCodes[0] ?? '');
  const [download] = await Promise.all([page.waitForEvent('download'), visitor.follow('Download')]);
  expect(download.suggestedFilename()).toBe('ticketing-recovery-codes.txt');
  await visitor.press("I've saved them");
  await visitor.reads("Your password alone isn't enough to sign in.");
  await system.mailbox.received(email, 'Two-step sign-in is on');

  await givePassword(visitor, email);
  await visitor.readsHeading('Second step');
  await visitor.fill({ 'Code from your authenticator app': '000000' });
  await visitor.press('Continue');
  await visitor.isToldAt('Code from your authenticator app', 'This code is wrong');
  await visitor.fill({ 'Code from your authenticator app': code(1) });
  await visitor.press('Continue');
  await isIn(visitor);

  await givePassword(visitor, email);
  await visitor.press('Use a recovery code instead');
  await visitor.fill({ 'Recovery code': (recoveryCodes[0] ?? '').toLowerCase() });
  await visitor.press('Continue');
  await isIn(visitor);
  await visitor.reads('Recovery codes left: 9');
  await system.mailbox.received(email, 'A recovery code was used');

  await visitor.press('Switch two-step sign-in off');
  await visitor.reads('Off. Anyone with your password can sign in.');
  await system.mailbox.received(email, 'Two-step sign-in is off');
  await givePassword(visitor, email);
  await isIn(visitor);
  expect(visitor.complaints).toEqual([]);
});

it('a passkey is the second step after the password', async () => {
  const { visitor, email } = await someone();
  const authenticator = await authenticatorOf(visitor);
  await authenticator.touch(true);
  await visitor.press('Add a passkey');
  await system.mailbox.received(email, 'A passkey was added');
  await visitor.press('Ask for my passkeys');
  await visitor.readsHeading('Your recovery codes');
  await visitor.press("I've saved them");
  await visitor.reads("Your password alone isn't enough to sign in.");

  // Nobody touches it while the page offers it at the email field.
  await authenticator.touch(false);
  await givePassword(visitor, email);
  await visitor.readsHeading('Second step');
  expect(await (await visitor.page.request.get('/api/users/currentuser')).json()).toEqual({ currentUser: null });
  expect(await visitor.page.getByLabel('Code from your authenticator app').count()).toBe(0);
  await authenticator.touch(true);
  await visitor.press('Use a passkey');
  await isIn(visitor);
  expect((await factorsOf(visitor)).passkeys).toMatchObject([{ lastUsedAt: expect.any(String) }]);
  expect(visitor.complaints).toEqual([]);
});

// The database of a system elsewhere is out of reach.
(elsewhere ? it.skip : it)(
  'whoever proved their identity long ago is asked again, for a password or passkey, before the change is made',
  async () => {
    const { visitor, email } = await someone();
    const { page } = visitor;
    const authenticator = await authenticatorOf(visitor);
    const dialog = page.getByRole('dialog');
    await authenticator.touch(true);

    await expireProofs(email);
    await visitor.press('Add a passkey');
    await dialog.getByText("Confirm that it's you").waitFor();
    expect(await dialog.getByRole('button', { name: 'Confirm with a passkey' }).count()).toBe(0);
    expect((await factorsOf(visitor)).passkeys).toEqual([]);
    await dialog.getByLabel('Password', { exact: true }).fill('not my password');
    await dialog.getByRole('button', { name: 'Confirm', exact: true }).click();
    await dialog.getByText("That isn't your current password").waitFor();
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Confirm', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await system.mailbox.received(email, 'A passkey was added');

    await expireProofs(email);
    await visitor.press('Ask for my passkeys');
    await dialog.getByText("Confirm that it's you").waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect((await factorsOf(visitor)).isTwoStep).toBe(false);
    await visitor.press('Ask for my passkeys');
    await dialog.getByRole('button', { name: 'Confirm with a passkey' }).click();
    await visitor.readsHeading('Your recovery codes');
    expect((await factorsOf(visitor)).isTwoStep).toBe(true);
    expect(visitor.complaints).toEqual([]);
  },
);
