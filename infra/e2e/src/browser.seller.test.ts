import type { TicketBody } from '@ticketing/common';
import type { Browser, Locator } from 'playwright-core';
import { eventually } from './eventually';
import { newEmail, Person } from './people';
import { System } from './stack';
import { openBrowser, Visitor } from './visitor';

const PASSWORD = 'correct horse battery';

let system: System;
let browser: Browser;
let seller: Visitor;
let buyer: Person;

beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
  [seller, buyer] = await Promise.all([Visitor.enter(browser, system.url), Person.signUp(system.url)]);
  await seller.follow('Sign up');
  await seller.signUp();
});

afterEach(() => {
  expect(seller.complaints).toEqual([]);
});

afterAll(() => browser.close());

const field = (label: string, visitor = seller) => visitor.page.getByLabel(label, { exact: true });
const button = (name: string) => seller.page.getByRole('button', { name, exact: true });
const focused = (place: Locator) => place.and(seller.page.locator(':focus'));

/** Lists a ticket and returns it as the API has it. */
async function list(title: string, price: string): Promise<TicketBody> {
  const page = await seller.list(title, price);
  return buyer.ticket(page.split('/').at(-1) ?? '');
}

it('a listing has everything that was entered, and its card updates while typing', async () => {
  await seller.open('/tickets/new');
  const card = seller.page.getByRole('complementary', { name: 'Preview' });
  await field('Category').selectOption('Theatre');
  await field('Time zone').selectOption('Europe/Berlin');
  await seller.fill({
    Title: 'Der Freischütz',
    'Description (optional)': 'Second balcony, full view.\nThe ticket comes by post.',
    Venue: 'Semperoper',
    City: 'Dresden',
    Date: '2030-03-09',
    'Starts at': '19:30',
    Section: 'Balcony 2',
    Row: '4',
    Seat: '17',
    Price: '1,080.50',
    'Face value (optional)': '900',
  });
  await seller.choose("I'll send it later");
  for (const words of ['Der Freischütz', 'Mar 9, 2030', '7:30 PM', 'Semperoper, Dresden', '$1,080.50'])
    await card.getByText(words).waitFor();

  await seller.press('List ticket');
  await seller.seesListing('Der Freischütz');
  for (const words of ['The ticket comes by post.', 'Semperoper', 'Dresden', '$1,080.50', /March 9, 2030/, /Balcony 2/])
    await seller.reads(words);
  expect(await buyer.ticket(seller.page.url().split('/').at(-1) ?? '')).toMatchObject({
    category: 'theatre',
    description: 'Second balcony, full view.\nThe ticket comes by post.',
    startsAt: '2030-03-09T18:30:00.000Z',
    timeZone: 'Europe/Berlin',
    section: 'Balcony 2',
    row: '4',
    seat: '17',
    price: 1080.5,
    delivery: 'later',
    faceValue: 900,
  });

  await seller.follow('Edit listing');
  await field('City').fill('Dresden-Altstadt');
  for (const [label, value] of [
    ['Date', '2030-03-09'],
    ['Starts at', '19:30'],
    ['Price', '1080.50'],
    ['Row', '4'],
  ] as const)
    expect(await field(label).inputValue()).toBe(value);
  await seller.press('Save changes');
  await seller.page.waitForURL(/\/tickets\/\w{24}$/);
  await seller.reads('Dresden-Altstadt');
  const { delivery, faceValue } = await buyer.ticket(seller.page.url().split('/').at(-1) ?? '');
  expect({ delivery, faceValue }).toEqual({ delivery: 'later', faceValue: 900 });
});

it('a field shows its error when it is left, and clears it once it is right', async () => {
  await seller.open('/tickets/new');
  const wrong = { Price: 'ten', Date: '2020-01-01' };
  await seller.fill({ ...wrong, 'Starts at': '20:00' });
  await field('Title').focus();
  await seller.isToldAt('Price', 'Enter a price, such as');
  await seller.press('List ticket');
  await seller.isToldAt('Title', 'Enter a title');
  await seller.reads('Choose how the buyer gets the ticket.');
  await focused(field('Title')).waitFor();
  for (const [label, value] of Object.entries(wrong)) expect(await field(label).inputValue()).toBe(value);

  await seller.fill({ Title: 'Better', Price: '10' });
  await seller.choose("I'll send it later");
  await seller.page.getByText('Choose how the buyer gets the ticket.').waitFor({ state: 'detached' });
  await seller.page.getByText('Enter a title').waitFor({ state: 'detached' });
  await seller.page.getByText('Enter a price, such as').waitFor({ state: 'detached' });
  await seller.press('List ticket');
  await seller.isToldAt('Date', 'must be in the future');
  await field('Time zone').selectOption('Europe/Berlin');
  await seller.fill({ Date: '2030-03-31', 'Starts at': '02:30' });
  await seller.press('List ticket');
  await seller.isToldAt('Starts at', 'This time doesn');
});

it.each([false, true])(
  'the first press of the button counts even if the field losing focus is invalid (touch: %s)',
  async (hasTouch) => {
    const visitor = await Visitor.enter(browser, system.url, { hasTouch });
    await visitor.open('/auth/signup');
    await visitor.fill({ Email: '', Password: 'short' });
    const signUp = visitor.page.getByRole('button', { name: 'Sign up', exact: true });
    await (hasTouch ? signUp.tap() : signUp.click());
    await visitor.isToldAt('Password', 'Use 8 to 128 characters');
    await visitor.isToldAt('Email', 'Enter your email address');
    await visitor.page.context().close();
  },
);

it('two taps list one ticket, even the second while the page is loading', async () => {
  await seller.open('/tickets/new');
  await seller.fill({ Title: 'Only once', Price: '3' });
  await seller.choose("I'll send it later");
  let open = () => {};
  const tapped = new Promise<void>((resolve) => (open = resolve));
  await seller.page.route('**/tickets/*/live?_rsc=*', async (route) => {
    await tapped;
    await route.continue();
  });
  const listed = seller.page.waitForResponse('**/api/tickets');
  await button('List ticket').dblclick();
  await (await listed).finished();
  const busy = seller.page.locator('form[aria-busy="true"] button[type="submit"]');
  await busy.click({ force: true });
  await busy.click({ force: true });
  open();
  await seller.readsHeading("You're live!");
  await seller.page.unroute('**/tickets/*/live?_rsc=*');
  await seller.open('/listings');
  await seller.rows('Only once').first().waitFor();
  expect(await seller.rows('Only once').count()).toBe(1);
});

it('a held ticket cannot be edited until the time shown, or until it is free', async () => {
  const { id } = await list('Much wanted', '20');
  await seller.open(`/tickets/${id}/edit`);
  await field('Title').fill('Much wanted, much typed');
  const order = await buyer.hold(id);
  await seller.reads(/you can edit it again after/);
  await seller.page.locator(`time[datetime="${order.expiresAt}"]`).waitFor();
  expect(await button('Save changes').isDisabled()).toBe(true);

  await buyer.cancel(order.id);
  await seller.reads("The buyer didn't pay.");
  expect(await field('Title').inputValue()).toBe('Much wanted, much typed');
  await seller.press('Save changes');
  await seller.readsHeading('Much wanted, much typed');
});

it('the board follows holds and sales, and adds them up', async () => {
  const [held, sold] = [await list('To be held', '20'), await list('To be sold', '31.25')];
  await seller.open('/listings');
  await seller.row('To be held', 'For sale').waitFor();
  const order = await buyer.hold(held.id);
  await seller.row('To be held', 'On hold until').waitFor();
  await buyer.cancel(order.id);
  await seller.row('To be held', 'For sale').waitFor();
  await buyer.pay((await buyer.hold(sold.id)).id);
  await seller.row('To be sold', 'Sold').waitFor();
  await seller.page.locator('.total-earned').getByText('$31.25').waitFor();
});

it('withdrawing asks first, and focus returns to the button', async () => {
  await list('Not for long', '5');
  await seller.open('/listings');
  const opener = button('Withdraw Not for long');
  await opener.click();
  await seller.readsHeading('Withdraw “Not for long”?');
  await seller.page.keyboard.press('Escape');
  await focused(opener).waitFor();
  await opener.click();
  await seller.press('Withdraw listing');
  await seller.row('Not for long', 'Withdrawn').waitFor();
  await seller.page.locator('main:focus').waitFor();
});

it('leaving with unsaved input asks first', async () => {
  const release = await seller.holdScripts();
  await seller.page.goto('/tickets/new', { waitUntil: 'commit' });
  // Typed before hydration, and kept like everything typed later.
  await seller.fill({ Title: 'Half a listing' });
  await release();
  await eventually(async () => expect(await button('List ticket').isEnabled()).toBe(true));
  await seller.follow('My orders');
  await seller.readsHeading('Leave without saving?');
  await seller.press('Stay here');
  expect(await field('Title').inputValue()).toBe('Half a listing');
  await seller.follow('My orders');
  await seller.press('Leave');
  await seller.page.waitForURL('**/orders');
});

it('a ticket can be listed with the keyboard alone', async () => {
  await seller.open('/tickets/new');
  await eventually(async () => expect(await button('List ticket').isEnabled()).toBe(true));
  await seller.page.keyboard.press('Tab');
  await seller.page.keyboard.press('Enter');
  await tabTo('Title');
  await seller.page.keyboard.type('By hand');
  await tabTo('I have it now');
  await seller.page.keyboard.press('ArrowDown');
  await tabTo('Price');
  await seller.page.keyboard.type('7');
  await seller.page.keyboard.press('Enter');
  await seller.seesListing('By hand');
});

/** Presses Tab until the focus is on a field. */
async function tabTo(label: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await focused(field(label)).count()) > 0) return;
    await seller.page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${label}`);
}

it('an ended session loses no input: the seller signs in and continues', async () => {
  const email = newEmail();
  const visitor = await Visitor.enter(browser, system.url);
  await visitor.follow('Sign up');
  await visitor.signUp(email);
  await visitor.follow('Sell a ticket');
  await visitor.fill({ Title: 'Long thought about', Price: '8' });
  await field('Time zone', visitor).selectOption('Asia/Tokyo');
  await visitor.choose("I'll send it later");
  await visitor.page.context().clearCookies({ name: /session/ });
  await visitor.press('List ticket');
  await visitor.reads('Your session has ended.');
  await visitor.fill({ Email: email, Password: PASSWORD });
  await visitor.press('Sign in');
  await visitor.reads('We kept what you typed.');
  expect(await field('Title', visitor).inputValue()).toBe('Long thought about');
  expect(await field('Time zone', visitor).inputValue()).toBe('Asia/Tokyo');
  expect(await field("I'll send it later", visitor).isChecked()).toBe(true);
  await visitor.press('List ticket');
  await visitor.seesListing('Long thought about');
  expect(visitor.complaints).toEqual([]);
  await visitor.page.context().close();
});

it('an account changes its address and password; guessing locks out others, not its owner', async () => {
  const [old, next] = [newEmail(), newEmail()];
  const visitor = await Visitor.enter(browser, system.url);
  await visitor.open('/auth/signup?next=/account');
  await visitor.fill({ Email: old, Password: PASSWORD });
  await visitor.press('Show password');
  expect(await field('Password', visitor).getAttribute('type')).toBe('text');
  await visitor.press('Sign up');
  await visitor.readsHeading('Account');
  await visitor.confirm(await system.mailbox.received(old, 'Confirm your email address'));
  await visitor.open('/account');
  await visitor.fill({ Email: next, 'New password': 'short', 'Current password': 'wrong' });
  await visitor.press('Save changes');
  await visitor.isToldAt('New password', 'Use 8 to 128 characters');
  await visitor.fill({ 'New password': 'a staple of batteries' });
  await visitor.press('Save changes');
  await visitor.isToldAt('Current password', 'your current password');
  await visitor.fill({ 'Current password': PASSWORD });
  await visitor.press('Save changes');
  await visitor.reads('Changes saved.');
  expect(await field('Current password', visitor).inputValue()).toBe('');
  await visitor.reads('We sent a link to your new address.');
  await visitor.confirm(await system.mailbox.received(next, 'Confirm your new email address'));

  await visitor.page.context().clearCookies({ name: /session/ });
  await visitor.open('/auth/signin?next=/account');
  await visitor.fill({ Email: next, Password: 'a staple of batteries' });
  await visitor.press('Sign in');
  await visitor.readsHeading('Account');
  const guesser = new Person(system.url);
  await Promise.allSettled(Array.from({ length: 10 }, () => guesser.signIn(next)));
  const credentials = { Email: next, Password: 'a staple of batteries' };
  const stranger = await Visitor.enter(browser, system.url);
  await stranger.open('/auth/signin');
  await stranger.fill(credentials);
  await stranger.press('Sign in');
  await stranger.isTold(/Try again in 1[345] minutes/);
  await visitor.page.context().clearCookies({ name: /session/ });
  await visitor.open('/auth/signin?next=/account');
  await visitor.fill(credentials);
  await visitor.press('Sign in');
  await visitor.readsHeading('Account');
  await visitor.page.context().close();
});

it('in German, prices have a comma and API errors are translated', async () => {
  const visitor = await Visitor.enter(browser, system.url, {
    locale: 'de-DE',
    storageState: await seller.page.context().storageState(),
  });
  await visitor.open('/tickets/new');
  await visitor.fill({ Titel: 'Lieder', Preis: '1.234,5' });
  await visitor.reads('1.234,50 $');
  await visitor.reads('Du bekommst 1.172,78 $');
  await visitor.choose('Ich schicke es später');
  await visitor.press('Ticket anbieten');
  await visitor.readsHeading('Dein Ticket ist online!');
  await visitor.follow('Angebot ansehen');
  await visitor.readsHeading('Lieder');
  await visitor.reads('1.234,50 $');
  await visitor.page.context().close();
});

it('without scripts, the board can be read, and language and theme chosen', async () => {
  await list('Plain paper', '6');
  const storageState = await seller.page.context().storageState();
  const visitor = await Visitor.enter(browser, system.url, { javaScriptEnabled: false, storageState });
  await visitor.open('/listings');
  await visitor.reads('Plain paper');
  await visitor.press('Menu');
  await visitor.press('Dark');
  await visitor.page.locator('html[data-bs-theme="dark"]').waitFor();
  await visitor.press('Menu');
  await visitor.press('Deutsch');
  await visitor.readsHeading('Meine Angebote');
  expect(new URL(visitor.page.url()).pathname).toBe('/listings');
  await visitor.page.context().close();
});
