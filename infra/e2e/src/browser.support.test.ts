import mongoose from 'mongoose';
import { Secret, TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { eventually } from './eventually';
import { newEmail, Person } from './people';
import { System } from './stack';
import { openBrowser, Visitor } from './visitor';

const PASSWORD = 'correct horse battery';

let system: System;
let browser: Browser;
let desk: Visitor;
let staffEmail: string;
beforeAll(async () => {
  system = await System.start({ windowSeconds: 40, env: { REVIEW_CONTACTS: 'true' } });
  browser = await openBrowser();
  [desk, staffEmail] = [await Visitor.enter(browser, system.url, { locale: 'en-US' }), newEmail()];
});
afterAll(() => browser.close());
afterAll(() => system.expectNothingLost());
afterAll(() => system.stop());

let seats = 0;
/** Lists a ticket with its own seat. */
const list = (seller: Person, title: string, price: number, more: object = {}) =>
  seller.sell({
    ...{
      title,
      price,
      delivery: 'later',
      venue: 'Deskhalle',
      city: 'Kiel',
      section: 'B',
      row: '2',
      seat: `${++seats}`,
    },
    ...more,
  });

/** Sells a ticket and hands it over. */
async function sale(title: string, price: number) {
  const [sellerEmail, buyerEmail] = [newEmail(), newEmail()];
  const [seller, buyer] = [await Person.signUp(system.url, sellerEmail), await Person.signUp(system.url, buyerEmail)];
  const ticket = await list(seller, title, price);
  const { id } = await buyer.hold(ticket.id);
  await buyer.pay(id);
  await eventually(async () => expect((await seller.ticket(ticket.id)).status).toBe('sold'));
  await seller.handOver(ticket.id, { code: `DESK-${ticket.id}` });
  await eventually(async () => expect((await buyer.order(id)).deliveredAt).not.toBeNull());
  await eventually(async () => expect(await seller.payout(id)).toBeDefined());
  return { id, ticket, seller, buyer, sellerEmail, buyerEmail };
}

/** Takes an action on the open page, with a reason, and waits for its result. */
async function act(visitor: Visitor, action: string, about: string, done: string) {
  const { page } = visitor;
  await page.getByRole('button', { name: `${action}: ${about}`, exact: true }).click();
  await visitor.fill({ Reason: `Because of ${about}` });
  await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
  await page.getByRole('status').filter({ hasText: done }).waitFor();
}

/** Searches at the desk and opens the result. */
async function find(q: string, link: string) {
  await desk.open('/support');
  await desk.fill({ 'Find an order, a listing, a person or a payment': q });
  await desk.press('Find');
  await desk.readsHeading(`“${q}”`);
  await desk.page.locator('main').getByRole('link', { name: link, exact: true }).first().click();
  await desk.readsHeading(link);
}

it('staff sign in with an authenticator app, and return to the page they wanted', async () => {
  const { page } = desk;
  await desk.open('/auth/signup');
  await desk.signUp(staffEmail);
  await desk.confirm(await system.mailbox.received(staffEmail, 'Confirm your email address'));
  await desk.open('/account');
  await desk.press('Set up an authenticator app');
  const key = (await page.locator('.app-key code').innerText()).replaceAll(' ', '');
  const code = (ahead: number) =>
    new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: Date.now() + ahead * 30_000 });
  await desk.fill({ 'Code from your authenticator app': code(0) });
  await desk.press('Switch on');
  await desk.press("I've saved them");
  await desk.reads("Your password alone isn't enough to sign in.");
  await system.command('auth', 'staff', 'add', staffEmail);

  // The session began before the role was granted.
  expect((await page.goto('/support'))?.status()).toBe(404);
  await page.request.post('/api/users/signout', { data: {} });
  await desk.open('/support?q=someone');
  expect(new URL(page.url()).pathname).toBe('/auth/signin');
  await desk.fill({ Email: staffEmail, Password: PASSWORD });
  await desk.press('Sign in');
  await desk.fill({ 'Code from your authenticator app': code(1) });
  await desk.press('Continue');
  await desk.readsHeading('“someone”');
  await desk.reads('Nothing found.');
  await page.locator('.site-nav').getByRole('link', { name: 'Support' }).waitFor();
});

it('nobody else sees any of it', async () => {
  const other = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  await other.open('/auth/signup');
  await other.signUp();
  const id = 'a'.repeat(24);
  for (const path of ['', '/log', '/events', `/orders/${id}`, `/listings/${id}`, `/people/${id}`]) {
    const answer = await other.page.goto(`/support${path}`);
    expect([path, answer?.status()]).toEqual([path, 404]);
    await other.readsHeading('Page not found');
    expect(await other.page.title()).toBe('Page not found – Ticketing');
  }
  expect(await other.page.getByRole('link', { name: 'Support', exact: true }).count()).toBe(0);
  const shown = await desk.page.request.get('/support');
  expect(shown.headers()['cache-control']).toContain('no-store');
  expect(await shown.text()).toContain('noindex');
  await other.page.context().close();
});

it('an order is found by an email address and shows its story, and its claim is decided', async () => {
  const { id, ticket, seller, buyer, buyerEmail, sellerEmail } = await sale('Deskconcert', 90);
  await buyer.claim(id, { reason: 'not-admitted', text: 'The gate refused it.' });
  await eventually(() => seller.answer(id, 'It worked for others.'));

  await desk.open('/support');
  const waiting = desk.page.locator('section', { hasText: 'Open claims' }).getByRole('listitem');
  await waiting.filter({ hasText: 'Deskconcert' }).filter({ hasText: 'Both sides have answered: decide' }).waitFor();
  await find(buyerEmail, 'Deskconcert');
  for (const words of ['The gate refused it.', 'It worked for others.', buyerEmail, sellerEmail, 'B, 2, 1'])
    await desk.reads(words);
  const story = desk.page.locator('section', { has: desk.page.getByRole('heading', { name: 'Story' }) });
  await eventually(async () => {
    await desk.page.reload();
    const sentences = await story.getByRole('listitem').allInnerTexts();
    const at = (words: string) => sentences.findIndex((sentence) => sentence.includes(words));
    const told = [
      ...['The ticket was listed for $90.00.', 'The buyer held the ticket for $90.00', '$90.00 was authorized'],
      ...['$90.00 was captured', 'The ticket was sold to the buyer.', 'The buyer reported a problem.'],
      'The seller answered the claim.',
    ].map(at);
    expect(told).not.toContain(-1);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(sentences[at('The buyer held the ticket')]).toMatch(/:\d\d [AP]M UTC[\s\S]+by the buyer · Trace \w/);
    expect(at('The message “Ticket bought” to the buyer was sent.')).toBeGreaterThan(at('The ticket was sold'));
  });

  await desk.press('Decide for the buyer: Deskconcert');
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Decide for the buyer' }).click();
  await desk.isToldAt('Reason', 'Say why.');
  await desk.press('Cancel');
  await act(desk, 'Decide for the buyer', 'Deskconcert', 'Decided for the buyer.');
  await desk.reads('Refunded: the claim was decided for the buyer');
  expect((await buyer.order(id)).status).toBe('refunded');
  await find(ticket.id, 'Deskconcert');
  expect(desk.complaints).toEqual([]);
});

it('a refund above the limit takes two people', async () => {
  const { id, buyer } = await sale('Deskopera', 900);
  await desk.open(`/support/orders/${id}`);
  await act(desk, 'Refund', 'Deskopera', 'Proposed. A second person has to agree before money moves.');
  await desk.reads('You proposed it, so someone else has to agree.');
  expect(await desk.page.getByRole('button', { name: /^Agree/ }).count()).toBe(0);
  expect((await buyer.order(id)).status).toBe('complete');

  const second = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  const [name = '', value = ''] = system.desk().session.split(/=(.*)/s);
  await second.page.context().addCookies([{ name, value, url: system.url }]);
  await second.open('/support');
  await second.follow('Deskopera');
  await second.reads('Because of Deskopera');
  await act(second, 'Agree to the refund', 'Deskopera', 'Refunded.');
  expect((await buyer.order(id)).status).toBe('refunded');
  await second.page.context().close();
});

it('a payout is withheld and released', async () => {
  const { id } = await sale('Deskballet', 50);
  await desk.open(`/support/orders/${id}`);
  await act(desk, 'Withhold the payout', 'Deskballet', 'The payout is withheld.');
  await desk.reads('Withheld by support since');
  await act(desk, 'Stop withholding the payout', 'Deskballet', 'The payout is no longer withheld.');
  await desk.page.getByText('Withheld by support since').waitFor({ state: 'detached' });
});

it('a reported listing is withdrawn, and its seller sees why', async () => {
  const email = newEmail();
  const seller = await Person.signUp(system.url, email);
  const { id } = await list(seller, 'Deskfake', 20);
  const report = { reason: 'fake', text: 'The barcode is drawn by hand.' };
  await new Person(system.url).call('POST', `/api/tickets/${id}/report`, report);
  await desk.open('/support');
  await desk.page.locator('section', { hasText: 'Reported listings' }).getByRole('link', { name: 'Deskfake' }).click();
  await desk.reads('The barcode is drawn by hand.');
  await act(desk, 'Withdraw the listing', 'Deskfake', 'The listing is withdrawn.');
  expect((await seller.ticket(id)).status).toBe('withdrawn');
  // Withdrawing it closes its reports.
  await desk.reads('Nobody has reported it.');

  const { text } = await system.mailbox.received(email, 'Your listing was withdrawn: Deskfake');
  const page = `/tickets/${id}/edit`;
  expect(text).toContain(page);
  const reader = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  await reader.open(`/auth/signin?next=${page}`);
  await reader.fill({ Email: email, Password: PASSWORD });
  await reader.press('Sign in');
  await reader.reads('Withdrawn by our support team: Because of Deskfake');
  await reader.page.context().close();
});

it('a report that needs no action is closed', async () => {
  const { id } = await list(await Person.signUp(system.url), 'Deskfine', 20);
  await new Person(system.url).call('POST', `/api/tickets/${id}/report`, { reason: 'misleading' });
  await desk.open(`/support/listings/${id}`);
  await act(desk, 'Close the report', 'Misleading', 'The report is closed.');
  await desk.reads('Nobody has reported it.');
});

it('a person is frozen and unfrozen, and a message to them is sent again', async () => {
  const email = newEmail();
  const person = await Person.signUp(system.url, email);
  await system.mailbox.received(email, 'Confirm your email address');
  await find(email, email);
  await act(desk, 'Freeze the account', email, 'The account is frozen.');
  await desk.reads('This account is frozen');
  await expect(person.signIn(email)).rejects.toMatchObject({ status: 403 });
  await act(desk, 'Unfreeze the account', email, 'The account is no longer frozen.');
  await person.signIn(email);
  const sent = async () =>
    (await system.mailbox.to(email)).filter(({ subject }) => subject.startsWith('Confirm')).length;
  const before = await sent();
  await act(desk, 'Send again', 'Confirm your address', 'The message is on its way.');
  await eventually(async () => expect(await sent()).toBe(before + 1));
});

it('a description with a phone number waits for the desk, which shows or hides it', async () => {
  const email = newEmail();
  const seller = await Person.signUp(system.url, email);
  const reader = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  await reader.page.request.post('/api/users/signin', { data: { email, password: PASSWORD } });
  const description = 'Call 0171 2345678 before the show';
  const { id } = await list(seller, 'Deskphone', 30, { description });
  /** What everyone sees of it. */
  const publicly = () => new Person(system.url).ticket(id);
  expect(await publicly()).toMatchObject({ status: 'available', description: null });
  await reader.open('/listings');
  await reader.reads("Buyers can't see the description yet: we review it first, because it contains a phone number.");

  await desk.open('/support');
  const waiting = desk.page.locator('section', { hasText: 'Descriptions to review' });
  await waiting.getByRole('listitem').filter({ hasText: 'Read the description' }).waitFor();
  await waiting.getByRole('link', { name: 'Deskphone' }).click();
  await desk.readsHeading('Description waiting for review');
  await desk.reads(description);
  await act(desk, 'Hide the description', 'Deskphone', 'The description is hidden.');
  expect(await publicly()).toMatchObject({ status: 'available', description: null });
  await reader.open('/listings');
  await reader.reads(
    "Buyers can't see the description, because it contains a phone number. Edit it to have it shown. Our support team says: Because of Deskphone",
  );

  await reader.follow('Edit Deskphone');
  await reader.page.getByLabel(/^Description/).fill(`${description}!`);
  await reader.press('Save changes');
  await reader.readsHeading('Deskphone');
  await desk.open(`/support/listings/${id}`);
  await desk.reads(`${description}!`);
  await act(desk, 'Show the description', 'Deskphone', 'The description is shown.');
  expect(await publicly()).toMatchObject({ description: `${description}!` });
  await reader.open('/listings');
  await reader.reads('Deskphone');
  expect(await reader.page.getByText('see the description').count()).toBe(0);
  const stranger = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  await stranger.open(`/tickets/${id}`);
  await stranger.reads(`${description}!`);
  expect([...desk.complaints, ...reader.complaints]).toEqual([]);
  await Promise.all([reader, stranger].map(({ page }) => page.context().close()));
});

it('the desk confirms an address, and signs its owner out everywhere', async () => {
  const email = newEmail();
  const person = await Person.signUp(system.url, email);
  await find(email, email);
  await desk.reads('Not confirmed');
  await act(desk, 'Confirm the address', email, 'The address is confirmed.');
  await desk.page.getByText('Not confirmed').waitFor({ state: 'detached' });
  expect(await person.call('GET', '/api/users/me')).toMatchObject({ isConfirmed: true });
  expect(await desk.page.getByRole('button', { name: /^Confirm the address/ }).count()).toBe(0);
  await act(desk, 'Sign out everywhere', email, 'They are signed out everywhere.');
  await eventually(() => expect(person.orders()).rejects.toMatchObject({ status: 401 }));
  await person.signIn(email);
});

it('a parked event is handled again, unless it fails again', async () => {
  const database = await mongoose.createConnection(system.databaseOf('payments')).asPromise();
  const [aggregateId, parkedAt] = ['c'.repeat(24), new Date()];
  const data = { id: aggregateId, email: newEmail() };
  const event = { id: 'e'.repeat(24), subject: 'user:updated', aggregateId, version: 3, trace: 'desk', data };
  const text = JSON.stringify({ ...event, occurredAt: parkedAt.toISOString() });
  await database.collection('deadletters').insertMany([
    { subject: 'user:updated', text, error: 'Error: the database was away', parkedAt },
    { subject: 'user:created', text: '{}', error: 'Error: unreadable', parkedAt },
  ]);
  await desk.open('/support');
  await desk.page.locator('section', { hasText: 'Parked events' }).getByRole('link', { name: 'Payments' }).click();
  await desk.reads('Error: the database was away');
  await act(desk, 'Handle again', 'user:updated', 'The event was handled.');
  await desk.page.getByText('the database was away').waitFor({ state: 'detached' });
  await desk.press('Handle again: user:created');
  await desk.fill({ Reason: 'Once more' });
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Handle again' }).click();
  await desk.isTold(/^It failed again/);
  await database.collection('deadletters').deleteMany({});
  await database.close();
});

it('every action is in the log, across all services', async () => {
  await desk.open('/support/log');
  const entries = await desk.page.locator('main').getByRole('listitem').allInnerTexts();
  for (const words of ['Decided for the buyer', 'Withdrew the listing', 'Froze the account', 'Withheld the payout'])
    expect(entries.find((entry) => entry.includes(words))).toMatch(/Because of[\s\S]+by you · Trace/);
  expect(entries.find((entry) => entry.includes('Once more'))).toContain('Refused: It failed again');
});

it('a service that does not respond does not take a page down', async () => {
  const order = await sale('Deskmusical', 30);
  system.signal('payments', 'SIGSTOP');
  try {
    await desk.open(`/support/orders/${order.id}`);
    await desk.readsHeading('Deskmusical');
    await desk.reads("Payments can't be reached, so this part is missing.");
    await desk.reads('The buyer held the ticket for $30.00');
    await desk.open('/support');
    await desk.reads("Payments can't be reached: something may be missing here.");
  } finally {
    system.signal('payments', 'SIGCONT');
  }
  await system.untilReady();
  await desk.open(`/support/orders/${order.id}`);
  await desk.reads('Captured');
  expect(desk.complaints).toEqual([]);
});
