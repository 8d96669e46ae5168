import type { Browser } from 'playwright-core';
import { System } from './stack';
import { openBrowser, Visitor } from './visitor';

const COMPLETE = "You're going!";
const ACCEPTED = 'Visa – accepted';

let system: System;
let browser: Browser;
let seller: Visitor;
let buyer: Visitor;

beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
  [seller, buyer] = await Promise.all([Visitor.enter(browser, system.url), Visitor.enter(browser, system.url)]);
  await seller.follow('Sign up');
  await seller.signUp();
});

afterEach(() => {
  expect([...seller.complaints, ...buyer.complaints]).toEqual([]);
});

afterAll(() => browser.close());
afterAll(() => system.expectNothingLost());

it('a new visitor finds a ticket, signs up on the way, buys it and sees it in their orders', async () => {
  await seller.list('Sonata for Punched Cards', '18.50');

  await buyer.open('/?q=sonata');
  await buyer.follow('Sonata for Punched Cards');
  await buyer.readsHeading('Sonata for Punched Cards');
  await buyer.press('Buy ticket');
  await buyer.follow('Create an account');
  await buyer.signUp();
  await buyer.reads('Held for you:');
  await buyer.reads('$18.50');
  await buyer.payWith(ACCEPTED);
  await buyer.readsHeading(COMPLETE);

  await buyer.follow('My orders');
  await buyer.readsRow('Sonata for Punched Cards', 'Paid');
  await seller.follow('My listings');
  await seller.readsRow('Sonata for Punched Cards', 'Sold');
});

it('a buyer cancels, and can buy again', async () => {
  const ticket = await seller.list('Second thoughts', '9');
  await buyer.buy(ticket);
  await buyer.press('Cancel order');
  await buyer.press('Yes, cancel');
  await buyer.reads('You cancelled this order.');
  await buyer.reads("You haven't been charged.");
  await buyer.follow('Back to the ticket');
  await buyer.readsHeading('Second thoughts');
  await buyer.press('Buy ticket');
  await buyer.reads('Held for you:');
  await buyer.payWith(ACCEPTED);
  await buyer.readsHeading(COMPLETE);
});

it('a seller edits and withdraws a listing', async () => {
  const ticket = await seller.list('Early works', '10');
  await seller.follow('Edit listing');
  await seller.fill({ Title: 'Late works', Price: '99.90' });
  await seller.press('Save changes');
  await seller.readsHeading('Late works');
  await buyer.open(ticket);
  await buyer.readsHeading('Late works');
  await buyer.reads('$99.90');

  await seller.follow('Edit listing');
  await seller.press('Withdraw Late works');
  await seller.press('Withdraw listing');
  await seller.readsRow('Late works', 'Withdrawn');
  await buyer.open(ticket);
  await buyer.reads('The seller withdrew this listing.');
});

it('forms show errors where they occur, and keep the input', async () => {
  await seller.open('/tickets/new');
  await seller.fill({ Title: '', Price: '-1' });
  await seller.choose("I'll send it later");
  await seller.press('List ticket');
  await seller.isToldAt('Title', /title/i);
  await seller.isToldAt('Price', /price/i);
  expect(await seller.page.getByLabel('Price', { exact: true }).inputValue()).toBe('-1');

  const stranger = await Visitor.enter(browser, system.url);
  await stranger.follow('Sign up');
  await stranger.fill({ Email: 'nobody', Password: 'short' });
  await stranger.press('Sign up');
  await stranger.isToldAt('Email', /email/i);
  await stranger.isToldAt('Password', /8/);
  await stranger.follow('Sign in');
  await stranger.readsHeading('Sign in');
  await stranger.fill({ Email: 'nobody@example.com', Password: 'wrong password' });
  await stranger.press('Sign in');
  await stranger.isTold('Wrong email or password');
  expect(stranger.complaints).toEqual([]);
});

it('private pages ask to sign in first, and signing out ends access', async () => {
  await buyer.open('/');
  await buyer.press('Menu');
  await buyer.press('Sign out');
  await buyer.page.getByRole('link', { name: 'Sign in' }).waitFor();
  for (const path of ['/orders', '/listings', '/sales', '/tickets/new', '/account']) {
    await buyer.open(path);
    await buyer.readsHeading('Sign in');
  }
});
