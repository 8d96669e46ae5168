import type { TicketBody } from '@ticketing/common';
import type { Browser, Page } from 'playwright-core';
import { eventually } from './eventually';
import { newEmail, Person } from './people';
import { System } from './stack';
import { openBrowser, Visitor } from './visitor';

let system: System;
let browser: Browser;
let seller: Person;
let buyer: Person;
let visitor: Visitor;

const offer = (fields: object) => seller.call<TicketBody>('POST', '/api/tickets', { price: '20', ...fields });
const card = (title: string) => visitor.page.locator('.ticket-card').filter({ hasText: title });
/** Opens a page, and waits until it receives changes. */
const openLive = (path: string) =>
  Promise.all([visitor.page.waitForResponse(/\/api\/tickets\/events/), visitor.open(path)]);

beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
  [seller, buyer, visitor] = await Promise.all([
    Person.signUp(system.url),
    Person.signUp(system.url),
    Visitor.enter(browser, system.url, { locale: 'en-US' }),
  ]);
});

afterEach(() => {
  expect(visitor.complaints).toEqual([]);
});

afterAll(() => browser.close());
afterAll(() => system.expectNothingLost());

it('an open list shows that someone is checking out, how it ended, and when the ticket is back', async () => {
  const { id } = await offer({ title: 'Two at once', city: 'Livetown' });
  const { page } = visitor;
  await openLive('/?q=livetown');
  const seen = card('Two at once');
  const started = Date.now();
  const { id: order } = await buyer.hold(id);
  const heldAt = Date.now();
  await seen.getByText('Someone is checking out').waitFor();
  process.stdout.write(`hold answered after ${heldAt - started} ms, seen ${Date.now() - heldAt} ms later\n`);
  await seen.getByText(/May be back in (9|10) minutes/).waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: 'Someone is checking out with Two at once.' })
    .waitFor({ state: 'attached' });
  await buyer.cancel(order);
  await seen.getByText('Someone is checking out').waitFor({ state: 'detached' });
  await seller.edit(id, 'Two at once', 31);
  await seen.getByText('$31.00').waitFor();
  await seller.withdraw(id);
  await seen.getByText('No longer for sale').waitFor();
});

it('an open ticket page loses its button while someone checks out, and gets it back', async () => {
  const { id } = await offer({ title: 'One of a kind', city: 'Livetown' });
  const { page } = visitor;
  await openLive(`/tickets/${id}`);
  const button = page.getByRole('button', { name: 'Buy ticket' });
  await eventually(async () => expect(await button.isEnabled()).toBe(true));
  const order = await buyer.hold(id);
  await visitor.reads('Someone is checking out');
  expect(await button.isEnabled()).toBe(false);
  await buyer.cancel(order.id);
  await eventually(async () => expect(await button.isEnabled()).toBe(true));
  await buyer.pay((await buyer.hold(id)).id);
  await visitor.reads('This ticket is sold.');
  expect(await button.count()).toBe(0);
});

it('the time left is announced at five, two and one minutes, and not in between', async () => {
  const { id } = await offer({ title: 'Said aloud' });
  const reader = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  const { page } = reader;
  await page.request.post('/api/users/signup', { data: { email: newEmail(), password: 'correct horse battery' } });
  await page.clock.install();
  await reader.buy(`/tickets/${id}`);
  await page.evaluate(`{
    globalThis.said = [];
    const status = document.querySelector('.countdown [role=status]');
    new MutationObserver(() => said.push(status.textContent)).observe(status, { subtree: true, childList: true, characterData: true });
  }`);
  await page.clock.pauseAt(Date.now() + 60_000);
  for (const left of ['5:00', '4:00', '2:00', '1:00', '0:30']) await leave(page, left);
  expect(await page.evaluate('said')).toEqual([
    '5 minutes left to pay.',
    '2 minutes left to pay.',
    'One minute left to pay.',
  ]);
  await page.context().close();
});

/** Advances the page's clock until its countdown shows a time. */
async function leave(page: Page, left: string) {
  const shown = page.getByRole('timer').locator('strong');
  const seconds = (time: string) => time.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
  for (let text = await shown.innerText(); text !== left; text = await shown.innerText())
    await page.clock.runFor(1_000 * Math.max(1, seconds(text) - seconds(left)));
}
