import type { OrderBody, TicketBody } from '@ticketing/common';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { eventually } from './eventually';
import { newEmail, Person } from './people';
import { SHARED_WINDOW_SECONDS, System } from './stack';
import { openBrowser, Visitor } from './visitor';

const HOUR = 3_600_000;
const COMPLETE = "You're going!";
const ACCEPTED = 'Visa – accepted';
const event = {
  category: 'concert',
  venue: 'Philharmonie; Saal 1',
  city: 'Berlin',
  timeZone: 'Europe/Berlin',
  section: 'B',
  row: '4',
};

let system: System;
let browser: Browser;
let seller: Person;
let rival: Person;
const visitors: Visitor[] = [];

beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
  [seller, rival] = await Promise.all([Person.signUp(system.url), Person.signUp(system.url)]);
});

afterEach(async () => {
  const complaints = visitors.flatMap((visitor) => visitor.complaints);
  for (const { page } of visitors.splice(0)) await page.context().close();
  expect(complaints).toEqual([]);
});

afterAll(() => browser.close());
afterAll(() => system.expectNothingLost());

const startsAt = new Date(Date.now() + 400 * 24 * HOUR).toISOString();
let seats = 0;
const offer = (title: string, fields: Partial<TicketBody> = {}) =>
  seller.call<TicketBody>('POST', '/api/tickets', {
    ...{ ...event, seat: `${++seats}`, startsAt, title, price: '42.50' },
    ...fields,
  });

async function enter(options: BrowserContextOptions = {}): Promise<Visitor> {
  const visitor = await Visitor.enter(browser, system.url, { locale: 'en-US', ...options });
  visitors.push(visitor);
  return visitor;
}

/** A visitor who is signed in. */
async function buyer(options: BrowserContextOptions = {}): Promise<Visitor> {
  const visitor = await enter(options);
  await visitor.page.request.post('/api/users/signup', {
    data: { email: newEmail(), password: 'correct horse battery' },
  });
  return visitor;
}

const read = async <T>(page: Page, path: string): Promise<T> => (await (await page.request.get(path)).json()) as T;
const statusOf = async ({ id }: TicketBody) => (await seller.ticket(id)).status;
const focused = (page: Page) => page.evaluate('document.activeElement?.textContent');
/** The seconds that the countdown shows. */
async function countdown(page: Page): Promise<number> {
  const [minutes = 0, seconds = 0] = (await page.getByRole('timer').locator('strong').innerText())
    .split(':')
    .map(Number);
  return minutes * 60 + seconds;
}
/** Waits until the page responds to taps. */
const alive = (page: Page) => page.locator('main [type=submit]:enabled').first().waitFor();

it('a new visitor whose clock is an hour off signs up on the way, pays, and gets the ticket', async () => {
  const ticket = await offer('On the way');
  const visitor = await enter();
  const { page } = visitor;
  await page.addInitScript(`{
    const Real = Date, ahead = ${HOUR};
    globalThis.Date = class extends Real {
      constructor(...given) { given.length ? super(...given) : super(Real.now() + ahead); }
      static now() { return Real.now() + ahead; }
    };
  }`);
  await visitor.open(`/tickets/${ticket.id}`);
  await visitor.press('Buy ticket');
  await visitor.follow('Create an account');
  await visitor.signUp();
  await visitor.reads('Held for you:');
  await alive(page);
  expect(await countdown(page)).toBeGreaterThan(0);
  expect(await countdown(page)).toBeLessThanOrEqual(SHARED_WINDOW_SECONDS + 1);
  for (const words of ['On the way', 'Philharmonie; Saal 1, Berlin', '$42.50']) await visitor.reads(words);

  await visitor.choose(ACCEPTED);
  await page.getByRole('button', { name: 'Pay now', exact: true }).press('Enter');
  await visitor.readsHeading(COMPLETE);
  await eventually(async () => expect(await focused(page)).toBe(COMPLETE));
  expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('none');
  await page.getByRole('img', { name: 'QR code of your proof of purchase' }).waitFor();
  const calendar = await page.request.get(`${page.url()}/calendar.ics`);
  expect(calendar.headers()['content-type']).toBe('text/calendar; charset=utf-8');
  expect(await calendar.text()).toContain('LOCATION:Philharmonie\\; Saal 1\\, Berlin\r\n');
  await visitor.follow('Preview entry check');
  await page.locator('.check-doubtful').getByText('Not today').waitFor();
  await visitor.reads('This is what staff see at venues that scan our codes.');
  expect(await page.getByRole('button', { name: 'Mark as used' }).count()).toBe(0);
  const door = await enter();
  await door.open(page.url());
  await door.press('Mark as used');
  await door.reads('Already used');
  await visitor.readsHeading('On the way');
  expect((await visitor.open('/pass/forged'))?.status()).toBe(404);
  await visitor.readsHeading('Not valid');
});

it('a link to a checkout orders nothing until the visitor agrees', async () => {
  const ticket = await offer('Only a link');
  const visitor = await buyer();
  await visitor.open(`/orders/new?ticket=${ticket.id}`);
  await alive(visitor.page);
  expect(await statusOf(ticket)).toBe('available');
  await visitor.press('Buy ticket');
  await visitor.reads('Held for you:');
});

it('a ticket lost to another buyer on the way is reported, and others are offered', async () => {
  // In a category that no other file uses.
  const alike = { category: 'other' } as const;
  const [ticket] = await Promise.all([offer('Lost on the way', alike), offer('Another evening', alike)]);
  const visitor = await enter();
  await visitor.open(`/tickets/${ticket.id}`);
  await visitor.press('Buy ticket');
  await visitor.follow('Create an account');
  await visitor.readsHeading('Sign up');
  await rival.hold(ticket.id);
  await eventually(async () => expect(await statusOf(ticket)).toBe('held'));
  await visitor.signUp();
  await visitor.readsHeading('Someone just beat you to it');
  await visitor.reads(/it's for sale again at/);
  await visitor.follow('Another evening');
  await visitor.readsHeading('Another evening');
});

it('however often the button is tapped, there is one order', async () => {
  const ticket = await offer('Tapped thrice');
  const visitor = await buyer();
  await visitor.open(`/tickets/${ticket.id}`);
  await alive(visitor.page);
  await visitor.page.evaluate(`for (let tap = 0; tap < 3; tap++) document.querySelector('main [type=submit]').click()`);
  await visitor.reads('Held for you:');
  expect(await read<OrderBody[]>(visitor.page, '/api/orders')).toHaveLength(1);
});

it('a declined card shows the reason, the bank asks for confirmation, and then the ticket is there', async () => {
  const visitor = await buyer();
  const order = await visitor.buy(`/tickets/${(await offer('Second try')).id}`);
  await visitor.payWith('Visa – declined: insufficient funds');
  await visitor.isTold(/insufficient funds/);
  await eventually(async () => expect(await focused(visitor.page)).toMatch(/insufficient funds/));
  expect(await system.bank.moneyOf(order)).toMatchObject({ held: 0, captured: 0 });
  await visitor.payWith('Visa – needs bank confirmation (3\u2011D Secure)');
  await visitor.press('Confirm with your bank');
  await visitor.press('Approve');
  await visitor.readsHeading(COMPLETE);
  expect(await system.bank.moneyOf(order)).toMatchObject({ captured: 4250, refunded: 0 });
});

it('leaving warns once, and the ticket can be kept', async () => {
  const ticket = await offer('Kept for now');
  const visitor = await buyer();
  const order = await visitor.buy(`/tickets/${ticket.id}`);
  await alive(visitor.page);
  await visitor.follow('My orders');
  await visitor.reads('Leave this checkout?');
  await visitor.page.keyboard.press('Escape');
  await visitor.page.getByRole('dialog').waitFor({ state: 'detached' });
  await visitor.follow('My orders');
  await visitor.readsHeading('My orders');
  await visitor.readsHeading('In checkout');
  await eventually(async () => expect(await statusOf(ticket)).toBe('held'));
  await visitor.follow('Kept for now');
  await visitor.reads('Held for you:');
  expect(visitor.page.url()).toContain(order);
});

it('going back warns too, and the ticket can be released at once', async () => {
  const ticket = await offer('Released');
  const visitor = await buyer();
  await visitor.buy(`/tickets/${ticket.id}`);
  await alive(visitor.page);
  await visitor.page.goBack();
  await visitor.press('Release it now');
  await visitor.page.waitForURL(`**/tickets/${ticket.id}`);
  await eventually(async () => expect(await statusOf(ticket)).toBe('available'));
});

it('going back once leaves a paid checkout', async () => {
  const ticket = await offer('One step back');
  const visitor = await buyer();
  await visitor.buy(`/tickets/${ticket.id}`);
  await visitor.payWith(ACCEPTED);
  await visitor.readsHeading(COMPLETE);
  await visitor.page.goBack();
  await visitor.page.waitForURL(`**/tickets/${ticket.id}`);
  await visitor.reads('You bought this ticket.');
});

it('a paid order is not shown as unfinished, though the API reports it as open for a moment', async () => {
  const ticket = await offer('Behind');
  const visitor = await buyer();
  const { page } = visitor;
  const order = await visitor.buy(`/tickets/${ticket.id}`);
  const open = await (await page.request.get('/api/orders?status=open')).text();
  let answers = 0;
  await page.route('**/api/orders?status=open', async (route) => {
    answers += 1;
    await (answers === 1 ? route.fulfill({ contentType: 'application/json', body: open }) : route.continue());
  });
  await visitor.payWith(ACCEPTED);
  await visitor.readsHeading(COMPLETE);
  await visitor.follow('All your orders');
  await visitor.readsHeading('My orders');
  // After the second response, the header would keep showing it.
  await eventually(() => Promise.resolve(expect(answers).toBeGreaterThan(1)));
  expect(await page.getByRole('link', { name: /Finish checkout/ }).count()).toBe(0);
  expect(open).toContain(order);
});

it('going back once skips the bank, whatever its answer', async () => {
  const ticket = await offer('Past the bank');
  const visitor = await buyer();
  const { page } = visitor;
  const order = await visitor.buy(`/tickets/${ticket.id}`);
  const askBank = async (answer: string) => {
    await visitor.payWith('Visa – needs bank confirmation (3\u2011D Secure)');
    await visitor.press('Confirm with your bank');
    await visitor.press(answer);
  };
  await askBank('Fail');
  await page.waitForURL(/orders\/\w+$/);
  await visitor.reads(/Your bank didn't confirm the payment, or you cancelled it/);
  expect(await system.bank.moneyOf(order)).toMatchObject({ held: 0, captured: 0 });
  await alive(page);
  await page.goBack();
  await visitor.press('Stay and pay');
  await askBank('Approve');
  await page.waitForURL(/orders\/\w+$/);
  await visitor.readsHeading(COMPLETE);
  expect(await system.bank.moneyOf(order)).toMatchObject({ captured: 4250, held: 0 });
  await page.goBack();
  await page.waitForURL(`**/tickets/${ticket.id}`);
});

it('the browser asks before the tab is closed', async () => {
  const visitor = await buyer();
  await visitor.buy(`/tickets/${(await offer('Closed')).id}`);
  await visitor.choose(ACCEPTED);
  const question = visitor.page.waitForEvent('dialog');
  await visitor.page.close({ runBeforeUnload: true });
  const dialog = await question;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
});

it('a payment completes without the event stream', async () => {
  const visitor = await buyer();
  await visitor.page.route('**/api/orders/*/events', (route) => route.abort());
  await visitor.buy(`/tickets/${(await offer('Cut off')).id}`);
  await visitor.payWith(ACCEPTED);
  await visitor.readsHeading(COMPLETE);
});

it('changes made elsewhere show by themselves', async () => {
  const visitor = await buyer();
  const order = await visitor.buy(`/tickets/${(await offer('Two tabs')).id}`);
  await alive(visitor.page);
  await visitor.page.request.delete(`/api/orders/${order}`);
  await visitor.readsHeading('You cancelled this order.');
});

it('a payment without a response says so, offers a way on, and can be retried', async () => {
  const visitor = await buyer();
  const { page } = visitor;
  await visitor.buy(`/tickets/${(await offer('No answer')).id}`);
  let fail = () => undefined as void;
  await page.route('**/api/payments', async (route) => {
    await new Promise<void>((resolve) => (fail = resolve));
    await route.fulfill({
      status: 503,
      json: { errors: [{ message: 'Temporarily unavailable. Try again in a moment.' }] },
    });
  });
  await visitor.payWith(ACCEPTED);
  await visitor.reads('Asking your bank');
  await visitor.reads(/taking longer than usual/);
  await page.getByRole('main').getByRole('link', { name: 'All your orders' }).waitFor();
  fail();
  await visitor.isTold(/Temporarily unavailable/);
  await page.unroute('**/api/payments');
  await visitor.payWith(ACCEPTED);
  await visitor.readsHeading(COMPLETE);
});

it('orders, tickets and receipts can be read without scripts', async () => {
  const visitor = await buyer({ javaScriptEnabled: false });
  const { page } = visitor;
  const [paid, cancelled] = await Promise.all([offer('Paid for'), offer('Given back')]);
  const hold = ({ id }: TicketBody) => visitor.post<OrderBody>('/api/orders', { ticketId: id });
  const [order, other] = [await hold(paid), await hold(cancelled)];
  await visitor.post('/api/payments', { orderId: order.id, token: 'tok_visa' });
  await page.request.delete(`/api/orders/${other.id}`);
  await eventually(async () =>
    expect((await read<OrderBody>(page, `/api/orders/${order.id}`)).status).toBe('complete'),
  );
  await visitor.open('/orders');
  for (const words of ['Upcoming', 'Cancelled or refunded']) await visitor.readsHeading(words);
  await visitor.readsRow('Given back', 'Cancelled by you');
  await visitor.follow('Paid for');
  await visitor.readsHeading('Receipt');
  await page.getByRole('img', { name: 'QR code of your proof of purchase' }).waitFor();
});
