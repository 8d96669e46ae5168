import type { Browser } from 'playwright-core';
import { eventually } from './eventually';
import { newEmail, Person } from './people';
import { System } from './stack';
import { openBrowser, Visitor } from './visitor';

/** What needs a market with nothing else in it, or a short hold. */
let system: System;
let browser: Browser;

beforeAll(async () => {
  [system, browser] = await Promise.all([System.start({ windowSeconds: 15 }), openBrowser()]);
});
afterAll(() => browser.close());
afterAll(() => system.expectNothingLost());
afterAll(() => system.stop());

it('a held ticket stays in the list, marked, after a reload, and the count matches the page', async () => {
  const [seller, rival] = await Promise.all([Person.signUp(system.url), Person.signUp(system.url)]);
  const { id } = await seller.list('Still there', 20);
  const visitor = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  const { page } = visitor;
  const cards = page.locator('.ticket-card');
  const counts = async () => {
    const count = await cards.count();
    await page.getByText(count === 1 ? '1 ticket' : `${count} tickets`, { exact: true }).waitFor();
  };
  await counts();
  await rival.hold(id);
  await eventually(async () => expect((await seller.ticket(id)).status).toBe('held'));
  await page.reload();
  await cards.filter({ hasText: 'Still there' }).getByText('Someone is checking out').waitFor();
  await seller.list('One more', 20);
  await page.reload();
  await cards.filter({ hasText: 'One more' }).waitFor();
  await counts();
  expect(visitor.complaints).toEqual([]);
});

it('time runs out: nothing is charged, and a ticket someone else holds says when it may be free', async () => {
  const [buyer, seller] = await Promise.all([enter(), enter()]);
  const rival = await Person.signUp(system.url);
  const { page } = buyer;
  const ticket = await seller.list('Hesitation', '40');
  const order = await buyer.buy(ticket);
  await seller.follow('My listings');
  await seller.readsRow('Hesitation', 'On hold');
  await page.getByRole('heading', { name: 'Time ran out, so the ticket was released.' }).waitFor({ timeout: 180_000 });
  await eventually(async () =>
    expect(await page.evaluate('document.activeElement?.textContent')).toContain('Time ran out'),
  );
  await buyer.reads("You haven't been charged.");
  expect(await system.bank.moneyOf(order)).toMatchObject({ held: 0, captured: 0, canceled: 0 });

  const other = await eventually(() => rival.hold(ticket.split('/').at(-1) ?? ''));
  await buyer.reads(/Someone else is checking out/);
  await rival.cancel(other.id);
  await eventually(async () => {
    const words = await page.locator('main').innerText();
    expect(words).toMatch(/your time for it is used up. You can hold it again from \d+:\d\d [AP]M/);
    expect(words).not.toContain('Get it back');
  });
  await buyer.follow('My orders');
  await buyer.readsRow('Hesitation', 'Cancelled');
  expect([...buyer.complaints, ...seller.complaints]).toEqual([]);
});

/** A visitor who is signed in. */
async function enter(): Promise<Visitor> {
  const visitor = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  await visitor.page.request.post('/api/users/signup', {
    data: { email: newEmail(), password: 'correct horse battery' },
  });
  return visitor;
}
