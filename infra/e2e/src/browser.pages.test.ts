import fs from 'node:fs';
import path from 'node:path';
import type { OrderBody, TicketBody } from '@ticketing/common';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { smallTargets, sticksOut } from './appearance';
import { violationsIn } from './axe';
import { elsewhere, screenshots } from './config';
import { eventually } from './eventually';
import { newEmail, Person } from './people';
import { System } from './stack';
import { openBrowser } from './visitor';

const PATIENCE_MS = 60_000;
const PASSWORD = 'correct horse battery';
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };
const desk = { viewport: { width: 1280, height: 800 } };

/** Every page is seen small and large, light and dark, in English and in German. */
const modes: Record<string, BrowserContextOptions> = {
  'phone-light-en': { ...phone, colorScheme: 'light', locale: 'en-US' },
  'desktop-dark-de': { ...desk, colorScheme: 'dark', locale: 'de-DE' },
  'phone-dark-de': { ...phone, colorScheme: 'dark', locale: 'de-DE' },
  'desktop-light-en': { ...desk, colorScheme: 'light', locale: 'en-US' },
};

/** A page of the site, and what is done there before it is looked at. */
interface Place {
  name: string;
  path: string;
  status?: number;
  /** Seen by somebody without an account. */
  isPublic?: boolean;
  act?: (page: Page) => Promise<unknown>;
}

let system: System;
let browser: Browser;
let session: Awaited<ReturnType<BrowserContext['storageState']>>;
let places: Place[];

beforeAll(async () => {
  fs.mkdirSync(screenshots, { recursive: true });
  [system, browser] = await Promise.all([System.start({ windowSeconds: 1800 }), openBrowser()]);
  const context = await browser.newContext({ baseURL: system.url });
  [places, session] = [await furnish(context), await context.storageState()];
  await context.close();
}, 600_000);

afterAll(() => browser.close());
afterAll(() => system.stop());

const happening = {
  description: 'Second balcony, full view of the stage. The ticket comes as a file.',
  category: 'theatre',
  venue: 'Semperoper',
  city: 'Dresden',
  startsAt: '2031-03-09T18:30:00Z',
  timeZone: 'Europe/Berlin',
  section: 'Balcony 2',
  row: '4',
  seat: '17',
};

/** Signs up, and does everything that leaves something to be seen. */
async function furnish(context: BrowserContext): Promise<Place[]> {
  async function call<T>(path: string, data: object, method = 'POST'): Promise<T> {
    const answer = await context.request.fetch(`/api${path}`, { method, ...(method === 'GET' ? {} : { data }) });
    if (!answer.ok()) throw new Error(`${method} ${path} was answered ${answer.status()}: ${await answer.text()}`);
    return (answer.status() === 204 ? undefined : await answer.json()) as T;
  }
  const seller = await Person.signUp(system.url);
  const stranger = await Person.signUp(system.url);
  const titles = ['Der Freischütz', 'Held', 'Paid for', 'Given back', 'Donaudampfschifffahrtsgesellschaftskapitänsball'];
  const [shown, held, paid, back] = await Promise.all(
    titles.map((title) => seller.call<TicketBody>('POST', '/api/tickets', { ...happening, title, price: 1080.5 })),
  );
  await call('/users/signup', { email: newEmail(), password: PASSWORD });
  const own = await call<TicketBody>('/tickets', { ...happening, title: 'My own', price: 20, category: 'concert' });
  const wanted = await call<TicketBody>('/tickets', { ...happening, title: 'Wanted', price: 45.5, category: 'festival' });
  await stranger.hold(wanted.id);
  const hold = (ticket?: TicketBody) => call<OrderBody>('/orders', { ticketId: ticket?.id });
  const [checkout, complete, cancelled] = [await hold(held), await hold(paid), await hold(back)];
  await call(`/orders/${cancelled.id}`, {}, 'DELETE');
  await call('/payments', { orderId: complete.id, token: 'tok_visa' });
  const pass = await readPass(() => call<OrderBody>(`/orders/${complete.id}`, {}, 'GET'));
  return [
    { name: 'list', path: '/' },
    { name: 'list-stranger', path: '/', isPublic: true },
    { name: 'menu', path: '/', act: (page) => page.locator('.menu-button').click() },
    { name: 'search-empty', path: '/?q=nobodysellsthis&category=sport' },
    { name: 'ticket', path: `/tickets/${shown?.id}`, isPublic: true },
    { name: 'ticket-held', path: `/tickets/${held?.id}`, isPublic: true },
    { name: 'ticket-missing', path: `/tickets/${'0'.repeat(24)}`, status: 404 },
    { name: 'new', path: '/tickets/new' },
    { name: 'new-wrong', path: '/tickets/new', act: (page) => page.locator('main [type=submit]').click() },
    { name: 'edit', path: `/tickets/${own.id}/edit` },
    { name: 'edit-held', path: `/tickets/${wanted.id}/edit` },
    { name: 'withdraw', path: `/tickets/${own.id}/edit`, act: (page) => page.locator('[aria-haspopup=dialog]').click() },
    { name: 'listings', path: '/listings' },
    { name: 'signin', path: '/auth/signin', isPublic: true },
    { name: 'signup', path: '/auth/signup?next=/listings', isPublic: true },
    { name: 'account', path: '/account' },
    { name: 'orders', path: '/orders' },
    { name: 'checkout', path: `/orders/${checkout.id}` },
    { name: 'paid', path: `/orders/${complete.id}` },
    { name: 'cancelled', path: `/orders/${cancelled.id}` },
    { name: 'pass', path: `/pass/${pass}`, isPublic: true },
    { name: 'pass-invalid', path: '/pass/forged', status: 404, isPublic: true },
  ];
}

/** The pass of an order, once it is complete. */
async function readPass(read: () => Promise<OrderBody>): Promise<string> {
  return eventually(async () => {
    const { pass } = await read();
    if (!pass) throw new Error('The order is not complete yet');
    return pass;
  });
}

/** A page that asks the tickets while they do not answer. */
const broken: Place = { name: 'broken', path: '/', status: 500, isPublic: true };

/** What is wrong with a page as it is seen in a mode; a picture of it is kept. */
async function faultsOf(page: Page, mode: string, name: string): Promise<string[]> {
  const isSmall = modes[mode]?.viewport?.width === phone.viewport.width;
  const language = await page.locator('html').getAttribute('lang');
  const faults = [...(await violationsIn(page)), ...(await sticksOut(page)), ...(isSmall ? await smallTargets(page) : [])];
  if (!mode.endsWith(`-${language}`)) faults.push(`It is in ${language}`);
  await page.screenshot({ path: path.join(screenshots, `${name}-${mode}.png`), fullPage: true, caret: 'initial' });
  return faults.map((fault) => `${name}: ${fault}`);
}

/** What the browser says against a page, but that it came with the status that it should have. */
function complaintsOf(page: Page, status = 200): string[] {
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    const isStatus = status >= 400 && message.text().includes(`status of ${status}`);
    if (message.type() === 'error' && !isStatus) complaints.push(message.text());
  });
  return complaints;
}

/** Looks at a page in a window of its own. */
async function visit(context: BrowserContext, mode: string, { name, path, status = 200, act }: Place): Promise<string[]> {
  const page = await context.newPage();
  const complaints = complaintsOf(page, status);
  const answer = await page.goto(path, { waitUntil: 'load' });
  if (answer?.status() !== status) complaints.push(`It was answered ${answer?.status()}`);
  await page.locator('main[tabindex] h1').first().waitFor();
  await untilAlive(page);
  await act?.(page);
  const faults = await faultsOf(page, mode, name);
  await page.close();
  return [...faults, ...complaints.map((complaint) => `${name}: ${complaint}`)];
}

/** Waits until the page reacts: every button that waits for that is there. */
const untilAlive = (page: Page) => page.waitForFunction(`!document.querySelector('form:not(:has(fieldset:disabled)) [type=submit]:disabled')`);

it.each(Object.keys(modes))('every page is fit to be seen: %s', async (mode) => {
  const options = { baseURL: system.url, reducedMotion: 'reduce', timezoneId: 'Europe/Berlin', ...modes[mode] } as const;
  const [known, stranger] = await Promise.all([browser.newContext({ ...options, storageState: session }), browser.newContext(options)]);
  for (const context of [known, stranger]) context.setDefaultTimeout(PATIENCE_MS);
  const faults: string[] = [];
  const queue = [...places];
  const look = async () => {
    for (let place = queue.shift(); place; place = queue.shift())
      faults.push(...(await visit(place.isPublic ? stranger : known, mode, place)));
  };
  await Promise.all([look(), look()]);
  await Promise.all([known.close(), stranger.close()]);
  expect(faults).toEqual([]);
}, 600_000);

const withOwnStack = elsewhere ? it.skip : it;

withOwnStack('while the API does not answer a page says so, with its status, and is there again with the API', async () => {
  const names = ['phone-light-en', 'desktop-dark-de'] as const;
  const contexts = await Promise.all(names.map((name) => browser.newContext({ baseURL: system.url, reducedMotion: 'reduce', ...modes[name] })));
  for (const context of contexts) context.setDefaultTimeout(PATIENCE_MS);
  system.signal('tickets', 'SIGSTOP');
  try {
    const faults = await Promise.all(contexts.map((context, index) => visit(context, names[index] ?? '', broken)));
    expect(faults.flat()).toEqual([]);
    const [page] = await Promise.all(contexts.map((context) => context.newPage()));
    await page?.goto('/');
    system.signal('tickets', 'SIGCONT');
    await page?.getByRole('button', { name: 'Try again' }).click();
    await page?.getByRole('heading', { name: 'Tickets for sale' }).waitFor();
  } finally {
    system.signal('tickets', 'SIGCONT');
    await Promise.all(contexts.map((context) => context.close()));
  }
}, 180_000);
