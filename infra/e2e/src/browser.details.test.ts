import type { TicketBody } from '@ticketing/common';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { eventually } from './eventually';
import { newEmail, Person } from './people';
import { System } from './stack';
import { openBrowser, untilHydrated, Visitor } from './visitor';

const PASSWORD = 'correct horse battery';
const ARABIC = 'حفلة فيروز (2027)';
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
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

const offer = (fields: object) => seller.call<TicketBody>('POST', '/api/tickets', { price: '20', ...fields });

async function enter(options: BrowserContextOptions = {}): Promise<Visitor> {
  const visitor = await Visitor.enter(browser, system.url, {
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    ...options,
  });
  visitors.push(visitor);
  return visitor;
}

async function member(): Promise<[visitor: Visitor, email: string]> {
  const [visitor, email] = [await enter(), newEmail()];
  await visitor.page.request.post('/api/users/signup', { data: { email, password: PASSWORD } });
  return [visitor, email];
}

const alive = (page: Page) => page.locator('main [type=submit]:enabled').first().waitFor();
const focusedIs = (page: Page, selector: string) =>
  eventually(async () => expect(await page.evaluate(`document.activeElement.matches('${selector}')`)).toBe(true));
const outline = (page: Page) => page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
/** An element's left, right, top and bottom edges in the window. */
async function edges(page: Page, selector: string) {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not visible`);
  return { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height };
}

it('a right-to-left title starts at the right, and does not reverse anything around it', async () => {
  const [visitor] = await member();
  const { page } = visitor;
  const own = { title: ARABIC, price: '20', venue: 'قاعة 5', city: 'بيروت' };
  const answer = await page.request.post('/api/tickets', { data: own });
  const { id } = (await answer.json()) as TicketBody;
  await visitor.open(`/tickets/${id}`);
  expect(await page.evaluate(`getComputedStyle(document.querySelector('h1')).direction`)).toBe('rtl');
  const [venue, city] = await Promise.all(['.facts bdi', '.facts .fact-more bdi'].map((part) => edges(page, part)));
  expect(city?.left).toBe(venue?.left);
  await visitor.open(`/?q=${encodeURIComponent('فيروز')}`);
  const directionOf = async (part: string) => {
    await page.locator(part).first().waitFor();
    return page.evaluate<string>(`getComputedStyle(document.querySelector('${part}')).direction`);
  };
  expect(await directionOf('.ticket-card-title')).toBe('rtl');
  expect(await directionOf('.ticket-card')).toBe('ltr');
  expect(await page.locator('.ticket-card-place').first().locator('bdi').allTextContents()).toEqual([
    'قاعة 5',
    'بيروت',
  ]);
  await visitor.open('/listings');
  expect(await directionOf('.row-title')).toBe('rtl');
  await page.getByRole('button', { name: `Withdraw \u2068${ARABIC}\u2069` }).click();
  await page.getByRole('heading', { name: `Withdraw “\u2068${ARABIC}\u2069”?` }).waitFor();
});

it('on a phone, the buy button stays in view next to a long description, and does not cover its end', async () => {
  const description = 'A line of it.\n'.repeat(120);
  const { id } = await offer({ title: 'Long story', description });
  const { page } = await enter(phone);
  await page.goto(`/tickets/${id}`);
  await alive(page);
  for (const place of ['0', '600', 'document.body.scrollHeight']) {
    await page.evaluate(`window.scrollTo(0, ${place})`);
    const { top, bottom } = await edges(page, 'main [type=submit]');
    expect(top).toBeGreaterThan(0);
    expect(bottom).toBeLessThanOrEqual(740);
  }
  const [text, bar] = [await edges(page, '.ticket-description'), await edges(page, '.ticket-offer')];
  expect(text.bottom).toBeLessThanOrEqual(bar.top + 1);
});

it('what is focused automatically has no focus ring; what the keyboard reaches does', async () => {
  await offer({ title: 'Focus', city: 'Focustown' });
  const { page } = await enter();
  await page.goto('/?q=focustown');
  const card = page.locator('.ticket-card').first();
  await untilHydrated(card);
  // A control that is focused by a key press has a ring.
  await card.press('Enter');
  await alive(page);
  await focusedIs(page, '#main');
  expect(await outline(page)).toBe('none');
  await page.keyboard.press('Tab');
  await focusedIs(page, '#main [type=submit]');
  expect(await outline(page)).not.toBe('none');
});

it('nothing shifts on the first visit, when the server does not know the time zone yet', async () => {
  const startsAt = new Date(Date.now() + 86_400_000 * 20).toISOString();
  const { id } = await offer({ title: 'Far away', startsAt, timeZone: 'Pacific/Auckland', city: 'Auckland' });
  for (const options of [{}, phone])
    for (const path of ['/', `/tickets/${id}`]) {
      const visitor = await enter(options);
      const { page } = visitor;
      await page.context().clearCookies();
      await visitor.open(path);
      await eventually(async () => {
        const names = (await page.context().cookies()).map(({ name }) => name);
        expect(names).toContain('time-zone');
      });
      const shift = await page.evaluate(`new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (sum += value)))
          .observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => setTimeout(() => resolve(sum), 0));
      })`);
      expect(shift).toBe(0);
    }
});

it('on a phone, a search closes the keyboard to show its results', async () => {
  await offer({ title: 'Thumbs', city: 'Thumbtown' });
  const visitor = await enter(phone);
  const { page } = visitor;
  await page.getByRole('searchbox').fill('thumbtown');
  await page.getByRole('searchbox').press('Enter');
  await visitor.readsHeading('“thumbtown”');
  expect(await page.evaluate('document.activeElement.localName')).not.toBe('input');

  const desk = await enter();
  await untilHydrated(desk.page.getByRole('searchbox'));
  await desk.page.getByRole('searchbox').fill('thumbtown');
  await desk.page.getByRole('searchbox').press('Enter');
  await desk.readsHeading('“thumbtown”');
  expect(await desk.page.evaluate('document.activeElement.localName')).toBe('input');
});

it('on a phone, the chosen category is in view, whether loaded or tapped', async () => {
  const visitor = await enter(phone);
  const { page } = visitor;
  const isInSight = () =>
    eventually(async () => {
      const { left, right } = await edges(page, '.categories [aria-current]');
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(360);
    });
  await visitor.open('/?category=other');
  await isInSight();
  await page.locator('.categories').getByRole('link', { name: 'All' }).click();
  await page.waitForURL((url) => url.search === '');
  await isInSight();
});

it('a success message disappears when an error follows', async () => {
  const [visitor] = await member();
  await visitor.open('/account');
  await visitor.fill({ 'New password': 'a staple of batteries', 'Current password': PASSWORD });
  await visitor.press('Save changes');
  const saved = visitor.page.getByRole('status').filter({ hasText: 'Saved' });
  await saved.waitFor();
  await visitor.fill({ 'New password': 'another horse battery', 'Current password': 'a wrong password' });
  await visitor.press('Save changes');
  await visitor.isToldAt('Current password', /your current password/);
  expect(await saved.count()).toBe(0);
});

it('the city proposes its time zone, until the seller chooses one', async () => {
  const [{ page }] = await member();
  await page.goto('/tickets/new');
  await alive(page);
  const [city, zone] = ['City', 'Time zone'].map((label) => page.getByLabel(label, { exact: true }));
  await city?.fill('Tokyo');
  await eventually(async () => expect(await zone?.inputValue()).toBe('Asia/Tokyo'));
  await zone?.selectOption('Europe/Berlin');
  await city?.fill('New York');
  expect(await zone?.inputValue()).toBe('Europe/Berlin');
  expect(await zone?.locator('optgroup[label="Europe"] option').first().textContent()).toBe('Amsterdam');
});

it("a burst of events makes a seller's board recount once", async () => {
  const [visitor] = await member();
  const { page } = visitor;
  const ids: string[] = [];
  for (let number = 1; number <= 6; number++) {
    const answer = await page.request.post('/api/tickets', { data: { title: `Burst ${number}`, price: '10' } });
    ids.push(((await answer.json()) as TicketBody).id);
  }
  let counts = 0;
  page.on('request', (request) => request.url().endsWith('/mine/totals') && counts++);
  await page.clock.install();
  await visitor.open('/listings');
  await eventually(() => Promise.resolve(expect(counts).toBeGreaterThan(0)));
  await page.clock.pauseAt(Date.now() + 60_000);
  const before = counts;
  await Promise.all(ids.map((id) => rival.hold(id)));
  await eventually(async () => expect(await page.locator('.tag').filter({ hasText: 'On hold' }).count()).toBe(6));
  await page.clock.runFor(10_000);
  await page.locator('.total').filter({ hasText: 'On hold' }).getByText('6 tickets').waitFor();
  expect(counts).toBeLessThanOrEqual(before + 2);
});

it('text at twice its size stays within the page', async () => {
  const { id } = await offer({ title: 'FC Bayern – Borussia Dortmund', city: 'München', category: 'sport' });
  for (const options of [{ ...phone, locale: 'de-DE' }, { locale: 'de-DE' }]) {
    const { page } = await enter(options);
    await page.request.post('/api/users/signup', { data: { email: newEmail(), password: PASSWORD } });
    for (const path of ['/', `/tickets/${id}`, '/orders', '/listings', '/account', '/tickets/new']) {
      await page.goto(path);
      await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
      const beyond = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect([path, options, await page.evaluate(beyond)]).toEqual([path, options, 0]);
    }
  }
});

it('a tap without a network reports the failure on the same page, and can be retried', async () => {
  const { id } = await offer({ title: 'In the tunnel' });
  const [visitor] = await member();
  const { page } = visitor;
  await visitor.open(`/tickets/${id}`);
  await alive(page);
  await page.context().setOffline(true);
  await visitor.press('Buy ticket');
  await visitor.isTold(/couldn't reach Ticketing/);
  await page.context().setOffline(false);
  await visitor.readsHeading('In the tunnel');
  await visitor.press('Buy ticket');
  await visitor.reads('Held for you:');
});

it('developers send requests from the API page', async () => {
  const { id } = await offer({ title: 'Asked for by hand' });
  const { page } = await enter();
  await page.goto('/developers');
  const operation = page.locator('details', { hasText: 'GET /api/tickets/{id}' }).first();
  await operation.locator('summary').click();
  await operation.getByLabel('id', { exact: true }).fill(id);
  await operation.getByRole('button', { name: 'Send' }).click();
  await operation.getByRole('status').filter({ hasText: 'Asked for by hand' }).waitFor();
});

it('one more ticket of an event starts with all but its seat, by which the board tells them apart', async () => {
  const [visitor, email] = await member();
  await visitor.open('/tickets/new');
  await visitor.fill({ Title: 'Two of us', Price: '20', City: 'Jena', Section: 'B', Seat: '7' });
  await visitor.choose("I'll send it later");
  await visitor.press('List ticket');
  await visitor.follow('List another for this event');
  const reads = (fields: Record<string, string>) =>
    eventually(async () => {
      for (const [label, value] of Object.entries(fields))
        expect(await visitor.page.getByLabel(label, { exact: true }).inputValue()).toBe(value);
    });
  const alike = { Title: 'Two of us', City: 'Jena', Section: 'B', Seat: '' };
  await reads(alike);
  const { pathname, search } = new URL(visitor.page.url());
  // Another event is another form, without asking, since nothing was typed; and the way back leads to this one.
  await visitor.follow('Sell');
  await reads({ Title: '', City: '', Section: '', Seat: '' });
  await visitor.fill({ Title: 'Quite another' });
  await visitor.page.goBack();
  await reads(alike);
  await visitor.page.context().clearCookies();
  await visitor.open(pathname + search);
  await visitor.readsHeading('Sign in');
  expect(new URL(visitor.page.url()).searchParams.get('next')).toBe(pathname + search);
  await visitor.fill({ Email: email, Password: PASSWORD });
  await visitor.press('Sign in');
  await reads(alike);
  await visitor.fill({ Seat: '8' });
  await visitor.choose("I'll send it later");
  await visitor.press('List ticket');
  await visitor.readsHeading("You're live!");
  await visitor.open('/listings');
  for (const seat of ['B, seat 7', 'B, seat 8']) await visitor.rows('Two of us').getByText(seat).waitFor();
});
