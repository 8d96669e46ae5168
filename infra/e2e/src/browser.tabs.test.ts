import type { TicketBody } from '@ticketing/common';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { eventually } from './eventually';
import { newEmail, Person } from './people';
import { System } from './stack';
import { openBrowser } from './visitor';

let system: System;
let browser: Browser;
let seller: Person;
let context: BrowserContext;
/** The event streams that were opened and have not ended. */
const streams = new Set<Request>();
/** Those of open tabs: a closed tab does not report the end of its streams. */
const openStreams = () => [...streams].filter((stream) => !stream.frame().page().isClosed());

beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
  seller = await Person.signUp(system.url);
});
beforeEach(async () => {
  streams.clear();
  context = await browser.newContext({ baseURL: system.url });
  context.on('request', (request) => request.url().includes('/events') && streams.add(request));
  context.on('requestfinished', (request) => streams.delete(request));
  context.on('requestfailed', (request) => streams.delete(request));
});
afterEach(() => context.close());
afterAll(() => browser.close());

const offer = (title: string) =>
  seller.call<TicketBody>('POST', '/api/tickets', { title, price: 20, category: 'concert' });

async function look(ticket: TicketBody): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/tickets/${ticket.id}`);
  await page.locator('main [type=submit]:enabled').waitFor();
  return page;
}
const untilOneStream = () => eventually(() => Promise.resolve(expect(openStreams()).toHaveLength(1)));
const tellsOfHold = (page: Page) => page.getByText('Someone is checking out').first().waitFor();

it('eight tabs share one stream, and requests from the last one get through', async () => {
  await context.request.post('/api/users/signup', { data: { email: newEmail(), password: 'correct horse battery' } });
  const tickets = await Promise.all(Array.from({ length: 8 }, (_, index) => offer(`Ticket ${index}`)));
  const pages: Page[] = [];
  for (const ticket of tickets) pages.push(await look(ticket));
  await untilOneStream();
  const [first, , third] = tickets;
  await Promise.all([first, third].map((ticket) => seller.call('DELETE', `/api/tickets/${ticket?.id}`)));
  for (const page of [pages[0], pages[2]]) await page?.getByText('The seller withdrew this listing.').waitFor();
  const last = pages.at(-1) as Page;
  await last.getByRole('button', { name: 'Buy ticket' }).click();
  await last.getByText('Held for you:').waitFor();
});

it('when the listening tab is closed, another takes over', async () => {
  const [one, two] = [await offer('One'), await offer('Two')];
  const pages = [await look(one), await look(two)];
  await untilOneStream();
  await pages[0]?.close();
  const rival = await Person.signUp(system.url);
  await rival.hold(two.id);
  await tellsOfHold(pages[1] as Page);
  await untilOneStream();
});

it('signing out in one tab ends what the others show of the visitor, typed or not', async () => {
  const email = newEmail();
  await context.request.post('/api/users/signup', { data: { email, password: 'correct horse battery' } });
  const [account, other] = [await context.newPage(), await context.newPage()];
  const asked: string[] = [];
  account.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await account.goto('/account');
  await account.getByLabel('Name', { exact: true }).click();
  await account.keyboard.type('Not yet saved');
  await other.goto('/orders');
  await other.getByRole('button', { name: 'Menu' }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await other.getByRole('link', { name: 'Sign in' }).first().waitFor();
  await account.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(new URL(account.url()).searchParams.get('next')).toBe('/account');
  const left = 'JSON.stringify([document.body.innerHTML, { ...sessionStorage }])';
  expect(await account.evaluate<string>(left)).not.toMatch(new RegExp(`${email}|Not yet saved`));
  expect(asked).toEqual([]);
});

it('a tab that is still loading while another signs out follows once it runs', async () => {
  await context.request.post('/api/users/signup', { data: { email: newEmail(), password: 'correct horse battery' } });
  const [loading, other] = [await context.newPage(), await context.newPage()];
  await other.goto('/orders');
  await other.getByRole('button', { name: 'Menu' }).click();
  let run: (_value?: unknown) => void = () => undefined;
  const runs = new Promise((resolve) => (run = resolve));
  await loading.route('**/*.js', async (route) => {
    await runs;
    await route.continue();
  });
  await loading.goto('/account', { waitUntil: 'commit' });
  await loading.getByRole('heading', { name: 'Your data' }).waitFor();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await other.getByRole('link', { name: 'Sign in' }).first().waitFor();
  run();
  await loading.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(new URL(loading.url()).searchParams.get('next')).toBe('/account');
});

it.each([
  ['a form with unsaved input', () => Promise.resolve('/tickets/new')],
  ['the checkout', async () => `/tickets/${(await offer('Held')).id}`],
])('signing out on %s is not asked about once it is done', async (_where, pathOf) => {
  await context.request.post('/api/users/signup', { data: { email: newEmail(), password: 'correct horse battery' } });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  const path = await pathOf();
  await page.goto(path);
  if (path === '/tickets/new') await page.getByLabel('Title', { exact: true }).fill('Not yet saved');
  else {
    await page.getByRole('button', { name: 'Buy ticket' }).click();
    await page.getByText('Held for you:').waitFor();
  }
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await eventually(() => Promise.resolve(expect([new URL(page.url()).pathname, ...asked]).toEqual(['/'])));
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
});
