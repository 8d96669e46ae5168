import type { Browser } from 'playwright-core';
import { eventually } from './eventually';
import { linkIn } from './mailbox';
import { newEmail } from './people';
import { System } from './stack';
import { openBrowser, Visitor } from './visitor';

/** Where only those sell whose address is confirmed, as in production. */
let system: System;
let browser: Browser;
beforeAll(async () => {
  system = await System.start({ windowSeconds: 60, env: { CONFIRM_BEFORE_SELLING: 'true' } });
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterAll(() => system.expectNothingLost());
afterAll(() => system.stop());

it('who has not confirmed their address is told so when they sell, gets the link again, and sells', async () => {
  const subject = 'Confirm your email address';
  const email = newEmail();
  const seller = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  const { page } = seller;
  await seller.open('/auth/signup');
  await seller.signUp(email);
  const first = await system.mailbox.received(email, subject);
  await seller.open('/tickets/new');
  await seller.fill({ Title: 'Impressions', Price: '45' });
  await seller.choose("I'll send it later");
  await seller.press('List ticket');
  await seller.isTold('Confirm your email address first: open the link that we sent you.');
  await seller.press('Send the link again');
  await seller.reads('A new link is on its way. Open it, then try again.');
  const mails = await eventually(async () => {
    const received = (await system.mailbox.to(email)).filter((mail) => mail.subject === subject);
    expect(received).toHaveLength(2);
    return received;
  });
  const again = mails.find(({ id }) => id !== first.id)!;
  expect(linkIn(again)).not.toBe(linkIn(first));

  // What they have written stays in the other tab.
  const tab = await page.context().newPage();
  await tab.goto(linkIn(again));
  await tab.getByRole('button', { name: 'Confirm my address' }).click();
  await tab.getByRole('heading', { name: 'Address confirmed' }).waitFor();
  await eventually(async () => {
    await seller.press('List ticket');
    await page.getByRole('heading', { name: "You're live!" }).waitFor({ timeout: 10_000 });
  });
  await seller.seesListing('Impressions');
  expect(seller.complaints).toEqual([]);
  await page.context().close();
});
