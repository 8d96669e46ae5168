import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { eventually } from './eventually';
import { newEmail, Person } from './people';
import { System } from './stack';
import { openBrowser, Visitor } from './visitor';

const PHONE = { width: 390, height: 844 };
const DELETED_MS = 240_000;

let system: System;
let browser: Browser;
beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterAll(() => system.expectNothingLost());

/** A visitor with a German phone, on their account page. */
async function someone() {
  const [visitor, email] = [await Visitor.enter(browser, system.url, { locale: 'de-DE', viewport: PHONE }), newEmail()];
  const data = { email, password: 'correct horse battery' };
  await visitor.page.request.post('/api/users/signup', { data, headers: { 'accept-language': 'de-DE' } });
  await visitor.open('/account');
  await visitor.readsHeading('Deine Daten');
  return { visitor, email };
}

/** Waits until the focus is on the part of the page that deletes the account: the button that had it is gone. */
const isFocused = ({ page }: Visitor) => page.locator('#delete:focus').waitFor();

/** Whether nothing is wider than the phone. */
const fits = ({ page }: Visitor) =>
  page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);

it('all data is downloaded as one file; what is missing is named and can be requested again', async () => {
  const { visitor, email } = await someone();
  const { page } = visitor;
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
  await page.route('**/api/payments/export', (route) => route.abort());
  await visitor.press('Meine Daten herunterladen');
  await visitor.isTold('Es fehlt: deine Zahlungen.');
  await page.unroute('**/api/payments/export');
  const [download] = await Promise.all([page.waitForEvent('download'), visitor.press('Meine Daten herunterladen')]);
  expect(download.suggestedFilename()).toMatch(/^ticketing-export-\d{4}-\d\d-\d\d\.json$/);
  const all = JSON.parse(await readFile(await download.path(), 'utf8')) as Record<string, Record<string, unknown>>;
  expect(Object.keys(all).sort()).toEqual(['account', 'orders', 'payments', 'tickets']);
  expect(all.account).toMatchObject({ service: 'auth', account: [{ email }] });
  await visitor.reads('Du findest deine Daten in deinen Downloads.');
  expect(asked.filter((path) => path === '/api/orders/export')).toHaveLength(1);
  expect(asked.filter((path) => path === '/api/payments/export')).toHaveLength(2);
  expect([await fits(visitor), visitor.complaints]).toEqual([true, []]);
});

it(
  'an account is deleted after a warning and a proof of identity; it can be kept, waits for what is open, and then is gone',
  async () => {
    const { visitor, email } = await someone();
    const { page } = visitor;
    const seller = await Person.signUp(system.url);
    const ticket = await seller.list('Zum Abschied', 12);
    await visitor.post('/api/orders', { ticketId: ticket.id });

    await visitor.press('Konto löschen …');
    await visitor.readsHeading('Konto löschen?');
    await visitor.reads('Bis dahin kannst du es dir anders überlegen.');
    expect(await fits(visitor)).toBe(true);
    await visitor.press('Abbrechen');
    await visitor.press('Konto löschen …');
    await visitor.press('Mein Konto löschen');
    await visitor.reads('Dein Konto wird gelöscht.');
    await visitor.reads('1 reserviertes Ticket');
    await isFocused(visitor);
    await system.mailbox.received(email, 'Dein Konto wird gelöscht');
    expect(await fits(visitor)).toBe(true);

    await visitor.open('/tickets/new');
    await visitor.readsHeading('Dein Konto wird gelöscht');
    await visitor.follow('Konto behalten');
    await visitor.press('Konto behalten');
    await visitor.reads('Wir löschen es, sobald deine Käufe und Verkäufe abgeschlossen sind.');
    await isFocused(visitor);
    await system.mailbox.received(email, 'Dein Konto bleibt bestehen');

    await visitor.press('Konto löschen …');
    await visitor.press('Mein Konto löschen');
    await visitor.reads('1 reserviertes Ticket');
    const [order] = (await (await page.request.get('/api/orders?status=open')).json()) as { id: string }[];
    await page.request.delete(`/api/orders/${order?.id}`);
    await visitor.open('/account');
    await visitor.reads('Es ist nichts mehr offen.');
    const isGone = async () => expect((await page.request.get('/api/users/me')).status()).toBe(401);
    await eventually(isGone, DELETED_MS);
    await visitor.open('/auth/signin?next=/account');
    await visitor.fill({ 'E-Mail': email, Passwort: 'correct horse battery' });
    await visitor.press('Anmelden');
    await visitor.isTold('E-Mail oder Passwort');
    expect(visitor.complaints).toEqual([]);
  },
  2 * DELETED_MS,
);

it('a form left open while the account is being deleted leads to where it can be kept; what was typed is still there', async () => {
  const { visitor } = await someone();
  const { page } = visitor;
  await visitor.open('/tickets/new');
  await visitor.fill({ Titel: 'Noch einmal', Preis: '12' });
  await visitor.choose('Ich schicke es später');
  // In another tab.
  expect((await page.request.delete('/api/users/me')).ok()).toBe(true);
  await visitor.press('Ticket anbieten');
  await visitor.isTold('Dein Konto wird gelöscht, deshalb kannst du nichts Neues kaufen oder anbieten.');
  await visitor.press('Konto behalten');
  await visitor.reads('Dein Konto wird gelöscht.');
  await visitor.press('Konto behalten');
  await isFocused(visitor);
  await visitor.open('/tickets/new');
  await visitor.reads('Deine Eingaben sind noch da.');
  await visitor.press('Ticket anbieten');
  await page.waitForURL('**/live');
  expect(visitor.complaints).toEqual([]);
});
