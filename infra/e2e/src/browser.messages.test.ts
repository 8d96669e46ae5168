import type { OrderBody } from '@ticketing/common';
import type { Browser } from 'playwright-core';
import { eventually } from './eventually';
import { linkIn } from './mailbox';
import { newEmail, Person } from './people';
import { System } from './stack';
import { openBrowser, Visitor } from './visitor';

let system: System;
let browser: Browser;
beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterAll(() => system.expectNothingLost());

it('someone signs up, and confirms their address with the message they get', async () => {
  const [visitor, email] = [await Visitor.enter(browser, system.url, { locale: 'en-US' }), newEmail()];
  await visitor.open('/auth/signup');
  await visitor.signUp(email);
  await visitor.open('/account');
  await visitor.reads('We sent a link to this address.');
  const mail = await system.mailbox.received(email, 'Confirm your email address');
  expect(mail.html).toContain('lang="en"');
  await visitor.open(linkIn(mail));
  await visitor.press('Confirm my address');
  await visitor.readsHeading('Address confirmed');
  await visitor.open('/account');
  await visitor.readsHeading('Account');
  expect(await visitor.page.getByText('We sent a link').count()).toBe(0);
  await visitor.open(linkIn(mail));
  await visitor.readsHeading('Address confirmed');
  expect(visitor.complaints).toEqual([]);
  // A link works once.
  const other = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  await other.open(linkIn(mail));
  await other.press('Confirm my address');
  await other.isTold('This link was used already');
});

it('both sides are told of a sale, each in their language, with a link to it', async () => {
  const [sellerEmail, buyerEmail] = [newEmail(), newEmail()];
  const seller = await Person.signUp(system.url, sellerEmail);
  const visitor = await Visitor.enter(browser, system.url, { locale: 'de-DE' });
  const { page } = visitor;
  const signUp = { email: buyerEmail, password: 'correct horse battery' };
  await page.request.post('/api/users/signup', { data: signUp, headers: { 'accept-language': 'de-DE' } });
  const ticket = await seller.list('Tannhäuser', 89);
  const { id: orderId } = await visitor.post<OrderBody>('/api/orders', { ticketId: ticket.id });
  await visitor.post('/api/payments', { orderId, token: 'tok_visa' });
  const [bought, sold] = await Promise.all([
    system.mailbox.received(buyerEmail, 'Dein Ticket: Tannhäuser'),
    system.mailbox.received(sellerEmail, 'Sold: Tannhäuser'),
  ]);
  expect(sold.text).toContain('$89.00');
  await visitor.open(linkIn(bought));
  await visitor.readsHeading('Tannhäuser');
  // As the mailbox shows it, too.
  await visitor.open(`${system.mailbox.url}/${bought.id}`);
  await page.frameLocator('iframe').getByRole('link', { name: 'Ticket ansehen' }).waitFor();
});

it('a forgotten password is reset with the message that arrives', async () => {
  const [visitor, email] = [await Visitor.enter(browser, system.url, { locale: 'en-US' }), newEmail()];
  await visitor.open('/auth/signup');
  await visitor.signUp(email);
  const elsewhere = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  await elsewhere.open('/auth/signin');
  await elsewhere.page.getByRole('link', { name: 'Forgot your password?' }).click();
  await elsewhere.readsHeading('Forgot your password?');
  await elsewhere.fill({ Email: email });
  await elsewhere.press('Send the link');
  await elsewhere.readsHeading('Check your mail');
  await elsewhere.open(linkIn(await system.mailbox.received(email, 'Set a new password')));
  await elsewhere.fill({ 'New password': 'PassWord' });
  await elsewhere.press('Save password');
  await elsewhere.isToldAt('New password', 'Many people use this password.');
  await elsewhere.fill({ 'New password': 'a staple of batteries' });
  await elsewhere.press('Save password');
  await elsewhere.readsHeading('Password changed');
  await system.mailbox.received(email, 'Your password was changed');
  await elsewhere.open('/auth/signin?next=/account');
  await elsewhere.fill({ Email: email, Password: 'a staple of batteries' });
  await elsewhere.press('Sign in');
  await elsewhere.readsHeading('Account');
  // All earlier sessions have ended.
  await eventually(async () => {
    await visitor.open('/account');
    await visitor.page.waitForURL(/\/auth\/signin/, { timeout: 5_000 });
  });
});

it('a change of address is reported to the old one, and can be undone from there', async () => {
  const [visitor, email, other] = [
    await Visitor.enter(browser, system.url, { locale: 'de-DE' }),
    newEmail(),
    newEmail(),
  ];
  const { page } = visitor;
  /** The menu contains the address too, hidden. */
  const readsInPage = (words: string) => page.locator('main').getByText(words).waitFor();
  const data = { email, password: 'correct horse battery' };
  await page.request.post('/api/users/signup', { data, headers: { 'accept-language': 'de-DE' } });
  await visitor.open(linkIn(await system.mailbox.received(email, 'Bestätige deine E-Mail-Adresse')));
  await visitor.press('Adresse bestätigen');
  await visitor.readsHeading('Adresse bestätigt');
  await visitor.open('/account');
  await visitor.fill({ 'E-Mail': other, 'Aktuelles Passwort': data.password });
  await visitor.press('Änderungen speichern');
  await visitor.reads('Bisherige Adresse behalten');
  await visitor.open(linkIn(await system.mailbox.received(other, 'Bestätige deine neue E-Mail-Adresse')));
  await visitor.press('Adresse bestätigen');
  await readsInPage(other);
  const told = await system.mailbox.received(email, 'Die E-Mail-Adresse deines Kontos wurde geändert');
  await visitor.open(linkIn(told));
  await visitor.press('Adresse wiederherstellen');
  await visitor.readsHeading('Deine Adresse ist wieder da');
  await readsInPage(email);
  await new Person(system.url).signIn(email);
});
