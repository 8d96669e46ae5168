import type { AccountBody } from '@ticketing/common';
import type { Browser } from 'playwright-core';
import { eventually } from './eventually';
import { linkIn } from './mailbox';
import { newEmail, Person } from './people';
import { System } from './stack';
import { openBrowser, Visitor } from './visitor';

const PASSWORD = 'correct horse battery';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0';
const SAFARI = 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Safari/604.1';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36';

let system: System;
let browser: Browser;
beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterAll(() => system.expectNothingLost());

/** Someone who has just signed up. */
async function someone() {
  const [visitor, email] = [await Visitor.enter(browser, system.url, { locale: 'en-US' }), newEmail()];
  await visitor.page.request.post('/api/users/signup', { data: { email, password: PASSWORD } });
  return { visitor, email };
}

const accountOf = async ({ page }: Visitor) => (await (await page.request.get('/api/users/me')).json()) as AccountBody;

/** Signs in with another browser; returns a function for the API's status to it from then on. */
async function signInWith(userAgent: string, email: string) {
  const { request } = await browser.newContext({ baseURL: system.url, userAgent });
  await request.post('/api/users/signin', { data: { email, password: PASSWORD } });
  return async () => (await request.get('/api/users/me')).status();
}

it('the account shows where its owner is signed in, and can sign out one place or all others', async () => {
  const { visitor, email } = await someone();
  const { page } = visitor;
  const [firefox, safari] = [await signInWith(FIREFOX, email), await signInWith(SAFARI, email)];
  await visitor.open('/account');
  const places = page.locator('.sessions').getByRole('listitem');
  await places.filter({ hasText: 'Firefox, Linux' }).filter({ hasText: 'Last used' }).waitFor();
  expect(await places.filter({ hasText: 'This device' }).getByRole('button').count()).toBe(0);
  expect([await places.count(), await firefox(), await safari()]).toEqual([3, 200, 200]);

  await places.filter({ hasText: 'Firefox, Linux' }).getByRole('button', { name: 'Sign out there' }).click();
  await places.filter({ hasText: 'Firefox, Linux' }).waitFor({ state: 'detached' });
  await eventually(async () => expect(await firefox()).toBe(401));
  expect([await places.count(), await safari()]).toEqual([2, 200]);

  const android = await signInWith(ANDROID, email);
  await visitor.press('Sign out everywhere else');
  await visitor.reads("You aren't signed in anywhere else.");
  await eventually(async () => expect([await safari(), await android()]).toEqual([401, 401]));
  expect([await places.count(), (await accountOf(visitor)).email]).toEqual([1, email]);
  expect(visitor.complaints).toEqual([]);
});

it('a welcome message has a link to unsubscribe without signing in; the account can subscribe again', async () => {
  const { visitor, email } = await someone();
  await visitor.confirm(await system.mailbox.received(email, 'Confirm your email address'));
  const { text } = await system.mailbox.received(email, 'Welcome to Ticketing');
  const link = /No more messages like this: (\S+)/.exec(text)?.[1] ?? '';
  const elsewhere = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  await elsewhere.open(link);
  await elsewhere.readsHeading('Unsubscribe');
  // Mail scanners open links too.
  expect(await accountOf(visitor)).toMatchObject({ isSubscribed: true });
  await elsewhere.press('Unsubscribe');
  await elsewhere.readsHeading("You're unsubscribed");
  await visitor.open('/account');
  await visitor.reads('You only get messages about your account, your tickets and your money.');
  await visitor.press('Get the other messages too');
  await visitor.reads("You also get messages that aren't about your account");
  expect(await accountOf(visitor)).toMatchObject({ isSubscribed: true });
  expect([...visitor.complaints, ...elsewhere.complaints]).toEqual([]);
});

it('someone who signs up with an address that has an account is led to sign in with it; its owner is notified', async () => {
  const email = newEmail();
  await Person.signUp(system.url, email);
  const visitor = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  const { page } = visitor;
  await visitor.open('/auth/signup?next=/account');
  await visitor.fill({ Email: email, Password: 'another horse battery' });
  await visitor.press('Sign up');
  await visitor.isToldAt('Email', 'You already have an account.');
  const told = await system.mailbox.received(email, 'You already have an account');
  await visitor.follow('Sign in with this email');
  await visitor.readsHeading('Sign in');
  await eventually(async () => expect(await page.getByLabel('Email', { exact: true }).inputValue()).toBe(email));
  await visitor.fill({ Password: PASSWORD });
  await visitor.press('Sign in');
  await visitor.readsHeading('Account');
  await page.request.post('/api/users/signout', { data: {} });
  await visitor.open(linkIn(told));
  await visitor.readsHeading('Sign in');
  expect(visitor.complaints).toEqual([]);
});

it('a link is sent again; a pending new address is cancelled, or corrected', async () => {
  const { visitor, email } = await someone();
  const [wrong, right] = [newEmail(), newEmail()];
  const notice = visitor.page.getByRole('status').filter({ hasText: '@example.com' });
  /** Waits for that many links to an address, and returns the last one. */
  const linksTo = (address: string, count: number) =>
    eventually(async () => {
      const mails = (await system.mailbox.to(address)).filter(({ subject }) => subject.startsWith('Confirm your'));
      expect(mails).toHaveLength(count);
      return mails[0]!;
    });
  const move = async (to: string) => {
    await visitor.fill({ Email: to, 'Current password': PASSWORD });
    await visitor.press('Save changes');
    await notice.filter({ hasText: 'We sent a link to your new address.' }).filter({ hasText: to }).waitFor();
  };
  await linksTo(email, 1);
  await visitor.open('/account');
  await visitor.press('Send the link again');
  await notice.filter({ hasText: 'A new link is on its way to' }).waitFor();
  await visitor.confirm(await linksTo(email, 2));

  await visitor.open('/account');
  await move(wrong);
  await linksTo(wrong, 1);
  await visitor.press('Send the link again');
  const givenUp = await linksTo(wrong, 2);
  await visitor.press('Keep my current address');
  await notice.waitFor({ state: 'detached' });
  expect(await accountOf(visitor)).toMatchObject({ email, pendingEmail: null });
  await move(wrong);
  await move(right);
  await visitor.open(linkIn(givenUp));
  await visitor.press('Confirm my address');
  await visitor.isTold('This link was used already');
  await visitor.confirm(await linksTo(right, 1));
  expect(await accountOf(visitor)).toMatchObject({ email: right, pendingEmail: null });
  expect(visitor.complaints).toEqual([]);
});
