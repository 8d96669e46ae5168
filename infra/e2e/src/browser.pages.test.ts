import type { OrderBody, TicketBody, UserBody } from '@ticketing/common';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { eventually } from './eventually';
import { modes, visit, type Place } from './look';
import { newEmail, Person } from './people';
import { System } from './stack';
import { aPass, aPdf, aPicture } from './ticketFile';
import { openBrowser } from './visitor';

const PASSWORD = 'correct horse battery';
let system: System;
let browser: Browser;

beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
});

afterAll(() => browser.close());

const details = {
  description: 'Second balcony, full view of the stage. The ticket comes as a file.',
  category: 'theatre',
  venue: 'Semperoper',
  city: 'Dresden',
  startsAt: '2031-03-09T18:30:00Z',
  timeZone: 'Europe/Berlin',
  section: 'Balcony 2',
  row: '4',
};
const words = ['how-it-works', 'fees', 'guarantee', 'help', 'terms', 'privacy', 'cookies', 'imprint'];

let seats = 0;
/** No two listings have one seat. */
const seated = () => ({ ...details, seat: `${++seats}` });

/** Signs up, and does everything that leaves something to be seen. */
async function furnish(context: BrowserContext): Promise<Place[]> {
  async function call<T>(path: string, data: object, method = 'POST'): Promise<T> {
    const answer = await context.request.fetch(`/api${path}`, { method, ...(method === 'GET' ? {} : { data }) });
    if (!answer.ok()) throw new Error(`${method} ${path} responded with ${answer.status()}: ${await answer.text()}`);
    return (answer.status() === 204 ? undefined : await answer.json()) as T;
  }
  const seller = await Person.signUp(system.url);
  const stranger = await Person.signUp(system.url);
  const titles = [
    'Der Freischütz',
    'Held',
    'Paid for',
    'Given back',
    'At the bank',
    'Taken',
    'Donaudampfschifffahrtsgesellschaftskapitänsball',
  ];
  const [shown, held, paid, back, slow, taken] = await Promise.all(
    titles.map((title) => seller.call<TicketBody>('POST', '/api/tickets', { ...seated(), title, price: 1080.5 })),
  );
  const email = newEmail();
  const { id: userId } = await call<UserBody>('/users/signup', { email, password: PASSWORD });
  const own = await call<TicketBody>('/tickets', { ...seated(), title: 'My own', price: 20, category: 'concert' });
  const wanted = await call<TicketBody>('/tickets', {
    ...seated(),
    title: 'Wanted',
    price: 45.5,
    category: 'festival',
  });
  await Promise.all([wanted, taken].map((ticket) => stranger.hold(ticket?.id ?? '')));
  const hold = (ticket?: TicketBody) => eventually(() => call<OrderBody>('/orders', { ticketId: ticket?.id }));
  const [checkout, complete, cancelled, asked] = [
    await hold(held),
    await hold(paid),
    await hold(back),
    await hold(slow),
  ];
  await call(`/orders/${cancelled.id}`, {}, 'DELETE');
  await eventually(() => call('/payments', { orderId: asked.id, paymentMethodId: 'pm_card_authenticationRequired' }));
  await eventually(() => call('/payments', { orderId: complete.id, token: 'tok_visa' }));
  const promised = await call<TicketBody>('/tickets', { ...seated(), title: 'Promised', price: 30, delivery: 'later' });
  const claimed = await stranger.hold(promised.id);
  await stranger.pay(claimed.id);
  await readPass(() => stranger.order(claimed.id));
  await stranger.call('POST', `/api/orders/${claimed.id}/claim`, { reason: 'not-delivered', text: 'Nothing came.' });
  const report = { reason: 'fake', text: 'The barcode is drawn by hand.' };
  await stranger.call('POST', `/api/tickets/${own.id}/report`, report);
  const sold = await furnishSales(seller, hold, call);
  const pass = await readPass(() => call<OrderBody>(`/orders/${complete.id}`, {}, 'GET'));
  return [
    { name: 'list', path: '/' },
    { name: 'list-stranger', path: '/', isPublic: true },
    { name: 'menu', path: '/', act: (page) => page.locator('.menu-button').click(), within: '.menu' },
    { name: 'days', path: '/', act: (page) => page.locator('.panel summary').first().click() },
    { name: 'search-empty', path: '/?q=nobodysellsthis&category=sport' },
    { name: 'ticket', path: `/tickets/${shown?.id}`, isPublic: true },
    { name: 'ticket-held', path: `/tickets/${held?.id}`, isPublic: true },
    { name: 'ticket-missing', path: `/tickets/${'0'.repeat(24)}`, status: 404 },
    { name: 'new', path: '/tickets/new' },
    { name: 'new-wrong', path: '/tickets/new', act: (page) => page.locator('main [type=submit]').click() },
    { name: 'edit', path: `/tickets/${own.id}/edit` },
    { name: 'edit-held', path: `/tickets/${wanted.id}/edit` },
    {
      name: 'withdraw',
      path: `/tickets/${own.id}/edit`,
      act: (page) => page.locator('[aria-haspopup=dialog]').click(),
    },
    { name: 'new-now', path: '/tickets/new', act: haveItNow },
    { name: 'live', path: `/tickets/${own.id}/live` },
    { name: 'edit-sold', path: `/tickets/${promised.id}/edit`, act: chooseTransfer },
    { name: 'listings', path: '/listings' },
    { name: 'sales', path: '/sales' },
    {
      name: 'sales-refund',
      path: '/sales',
      act: (page) => page.locator('main [aria-haspopup=dialog]').first().click(),
      within: '.dialog[open]',
    },
    { name: 'signin', path: '/auth/signin', isPublic: true },
    { name: 'signup', path: '/auth/signup?next=/listings', isPublic: true },
    { name: 'account', path: '/account' },
    { name: 'developers', path: '/developers', isPublic: true },
    { name: 'orders', path: '/orders' },
    { name: 'order-new', path: `/orders/new?ticket=${shown?.id}` },
    { name: 'order-own', path: `/orders/new?ticket=${own.id}` },
    { name: 'order-lost', path: `/orders/new?ticket=${taken?.id}` },
    { name: 'checkout', path: `/orders/${checkout.id}` },
    { name: 'checkout-declined', path: `/orders/${checkout.id}`, act: payWithDeclined, refusal: 400 },
    {
      name: 'checkout-leave',
      path: `/orders/${checkout.id}`,
      act: (page) => page.locator('.site-name').click(),
      within: '.dialog[open]',
    },
    { name: 'bank', path: `/orders/${asked.id}` },
    { name: 'paid', path: `/orders/${complete.id}` },
    ...sold,
    { name: 'cancelled', path: `/orders/${cancelled.id}` },
    ...words.map((page) => ({ name: page, path: `/${page}`, isPublic: true })),
    { name: 'contact-order', path: `/contact?order=${complete.id}` },
    { name: 'pass', path: `/pass/${pass}`, isPublic: true },
    ...deskPlaces({ email, userId, orderId: claimed.id, ticketId: own.id }),
    { name: 'pass-invalid', path: '/pass/forged', status: 404, isPublic: true },
  ];
}

/** The pages of the support desk. */
function deskPlaces(known: { email: string; userId: string; orderId: string; ticketId: string }): Place[] {
  const places: Place[] = [
    { name: 'desk', path: '/support' },
    { name: 'desk-found', path: `/support?q=${known.email}` },
    { name: 'desk-order', path: `/support/orders/${known.orderId}` },
    {
      name: 'desk-action',
      path: `/support/orders/${known.orderId}`,
      act: (page) => page.locator('main [aria-haspopup=dialog]').first().click(),
      within: '.dialog[open]',
    },
    { name: 'desk-listing', path: `/support/listings/${known.ticketId}` },
    { name: 'desk-person', path: `/support/people/${known.userId}` },
    { name: 'desk-log', path: '/support/log' },
    { name: 'desk-events', path: '/support/events' },
  ];
  return places.map((place) => ({ ...place, isAtDesk: true }));
}

/** Sells a ticket that is there, for a price. */
async function haveItNow(page: Page) {
  await page.locator('[name=delivery][value=now]').check();
  await page.locator('[name=price]').fill('20');
  await page.locator('.receives strong').waitFor();
}

const chooseTransfer = (page: Page) => page.locator('[name=content][value=transfer]').check();

type Call = <T>(path: string, data: object, method?: string) => Promise<T>;

/** Buys tickets that are handed over, awaited, complained about and refunded. */
async function furnishSales(seller: Person, hold: (ticket: TicketBody) => Promise<OrderBody>, call: Call) {
  const sell = async (title: string, handOverTo: (id: string) => Promise<unknown>): Promise<OrderBody> => {
    const ticket = await seller.call<TicketBody>('POST', '/api/tickets', {
      ...seated(),
      title,
      price: 90,
      faceValue: 75,
      delivery: 'later',
    });
    await handOverTo(ticket.id);
    const order = await hold(await seller.ticket(ticket.id));
    await eventually(() => call('/payments', { orderId: order.id, token: 'tok_visa' }));
    await readPass(() => call<OrderBody>(`/orders/${order.id}`, {}, 'GET'));
    return order;
  };
  await system.bank.onboard(await seller.setUpPayouts(system.mailbox));
  const picture = (id: string) => seller.upload(id, aPicture());
  const transfer = { url: 'https://box-office.example/t', note: 'Ask for Ms Weber.' };
  const [file, pdf, pass, sent, awaited, claimed, refunded] = [
    await sell('A picture', picture),
    await sell('A PDF', (id) => seller.upload(id, aPdf())),
    await sell('A pass', (id) => seller.upload(id, aPass())),
    await sell('A link', (id) =>
      seller.call('PUT', `/api/tickets/${id}/delivery`, { transfer: { ...transfer, code: `KX7-31Q-${id}` } }),
    ),
    await sell('Awaited', () => Promise.resolve()),
    await sell('Claimed', picture),
    await sell('Refunded', picture),
  ];
  for (const { id } of [claimed, refunded])
    await call(`/orders/${id}/claim`, { reason: 'not-admitted', text: 'The gate refused the code.' });
  await seller.call('POST', `/api/orders/${refunded.id}/refund`);
  const openClaim = (page: Page) => page.locator('.claim summary').click();
  const report = (page: Page) => page.locator('.ticket-actions [aria-haspopup=dialog]').click();
  return [
    { name: 'ticket-sold-file', path: `/tickets/${file.ticket.id}`, isPublic: true },
    { name: 'ticket-report', path: `/tickets/${file.ticket.id}`, isPublic: true, act: report, within: '.dialog[open]' },
    { name: 'bought', path: `/orders/${file.id}` },
    { name: 'bought-picture', path: `/orders/${file.id}?show=ticket` },
    { name: 'bought-pdf', path: `/orders/${pdf.id}?show=ticket` },
    { name: 'bought-pass', path: `/orders/${pass.id}?show=ticket` },
    { name: 'bought-link', path: `/orders/${sent.id}?show=ticket` },
    { name: 'bought-awaited', path: `/orders/${awaited.id}` },
    { name: 'claim', path: `/orders/${file.id}`, act: openClaim },
    { name: 'claimed', path: `/orders/${claimed.id}` },
    { name: 'refunded', path: `/orders/${refunded.id}` },
  ];
}

/** Pays with the second of the test cards, and waits until its reason is said. */
async function payWithDeclined(page: Page) {
  await page.getByRole('radio').nth(1).check();
  await page.locator('main form [type=submit]').first().click();
  await page.getByRole('alert').filter({ hasText: /\w/ }).first().waitFor();
}

/** The pass of an order, once it is complete. */
async function readPass(read: () => Promise<OrderBody>): Promise<string> {
  return eventually(async () => {
    const { pass } = await read();
    if (!pass) throw new Error('The order is not complete yet');
    return pass;
  });
}

it.each(Object.keys(modes))('every page is fit to be seen: %s', async (mode) => {
  const options = { baseURL: system.url, ...modes[mode] };
  const enter = () => browser.newContext(options);
  const [known, stranger, desk] = await Promise.all([enter(), enter(), enter()]);
  const [name = '', value = ''] = system.desk().session.split(/=(.*)/s);
  await desk.addCookies([{ name, value, url: system.url }]);
  const faults: string[] = [];
  const queue = await furnish(known);
  const look = async () => {
    const [own, theirs, staffs] = [await known.newPage(), await stranger.newPage(), await desk.newPage()];
    for (let place = queue.shift(); place; place = queue.shift())
      faults.push(...(await visit(place.isAtDesk ? staffs : place.isPublic ? theirs : own, mode, place)));
  };
  await Promise.all([look(), look()]);
  await Promise.all([known, stranger, desk].map((context) => context.close()));
  expect(faults).toEqual([]);
});
