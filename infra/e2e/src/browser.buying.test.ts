import type { OrderBody, TicketBody } from '@ticketing/common';
import type { Browser } from 'playwright-core';
import { eventually } from './eventually';
import { newEmail, Person, Refused } from './people';
import { System } from './stack';
import { openBrowser, Visitor } from './visitor';

const PASSWORD = 'correct horse battery';
let system: System;
let browser: Browser;
let seller: Person;
let ticket: TicketBody;
let visitor: Visitor;

beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
  seller = await Person.signUp(system.url);
  ticket = await seller.call<TicketBody>('POST', '/api/tickets', { title: 'Rigoletto', price: 45.5, venue: 'قاعة 5' });
});
beforeEach(async () => {
  visitor = await Visitor.enter(browser, system.url, { locale: 'en-US' });
});
afterEach(() => visitor.page.context().close());
afterAll(() => browser.close());

it('a buyer who has to sign in sees for which ticket, and a known address leads to signing in', async () => {
  const email = newEmail();
  await visitor.page.request.post('/api/users/signup', { data: { email, password: PASSWORD } });
  await visitor.page.request.post('/api/users/signout', { data: {} });
  await visitor.open(`/tickets/${ticket.id}`);
  await visitor.press('Buy ticket');
  await visitor.page.waitForURL('**/auth/signin**');
  for (const words of ['Your ticket', 'Rigoletto', '$45.50'])
    await visitor.page.getByRole('main').getByText(words).waitFor();
  const rightOf = async (selector: string) => {
    const { x = 0, width = 0 } = (await visitor.page.locator(selector).first().boundingBox()) ?? {};
    return Math.round(x + width);
  };
  expect(await rightOf('.row-price')).toBe(await rightOf('.narrow form'));
  await visitor.follow('Create an account');
  await visitor.readsHeading('Sign up');
  await visitor.fill({ Email: email, Password: PASSWORD });
  await visitor.press('Sign up');
  await visitor.follow('Sign in with this email');
  await visitor.readsHeading('Sign in');
  await eventually(async () =>
    expect(await visitor.page.getByLabel('Email', { exact: true }).inputValue()).toBe(email),
  );
  await visitor.fill({ Password: PASSWORD });
  await visitor.press('Sign in');
  await visitor.reads('Held for you:');

  await visitor.open('/');
  const badge = visitor.page.getByRole('link', { name: /Finish checkout: \d+:\d\d/ });
  await badge.click();
  await visitor.press('Cancel order');
  await visitor.press('Keep order');
  await visitor.press('Cancel order');
  await visitor.press('Yes, cancel');
  await visitor.readsHeading('You cancelled this order.');
  await visitor.open('/');
  await visitor.readsHeading('Tickets for sale');
  expect(await badge.count()).toBe(0);
});

it('says so if the browser rejects the cookie', async () => {
  await visitor.page.route('**/api/users/signup', async (route) => {
    const answer = await route.fetch();
    const headers = { ...answer.headers() };
    delete headers['set-cookie'];
    await visitor.page.context().clearCookies();
    await route.fulfill({ response: answer, headers });
  });
  await visitor.open('/auth/signup');
  await visitor.fill({ Email: newEmail(), Password: PASSWORD });
  await visitor.press('Sign up');
  await visitor.isTold('Your browser blocked our cookie');
});

it('asks when a listing has changed since it was seen, and holds it as it is now', async () => {
  const { page } = visitor;
  await page.request.post('/api/users/signup', { data: { email: newEmail(), password: PASSWORD } });
  const sent: unknown[] = [];
  await page.route('**/api/orders', async (route) => {
    sent.push(route.request().postDataJSON());
    const params = { price: 52, edition: 2 };
    if (sent.length > 1) await route.continue({ postData: { ticketId: ticket.id } });
    else await route.fulfill({ status: 409, json: { errors: [{ code: 'listing-changed', message: 'x', params }] } });
  });
  await visitor.open(`/tickets/${ticket.id}`);
  await visitor.press('Buy ticket');
  await visitor.reads('It was $45.50 and is now $52.00.');
  await visitor.press('Buy for $52.00');
  await visitor.reads('Held for you:');
  expect(sent).toMatchObject([
    { ticketId: ticket.id, price: 45.5 },
    { ticketId: ticket.id, price: 52, edition: 2 },
  ]);
});

it('a seller changes the price while a page is offline: its visitor is asked, and buys at that price', async () => {
  const { id } = await seller.list('Norma', 30);
  const { page } = visitor;
  await page.request.post('/api/users/signup', { data: { email: newEmail(), password: PASSWORD } });
  await page.route('**/api/tickets/events**', (route) => route.abort());
  await visitor.open(`/tickets/${id}`);
  await visitor.reads('$30.00');
  await seller.edit(id, 'Norma', 35);
  await eventually(async () => expect(await priceAtOrders(id)).toBe(35));
  await visitor.press('Buy ticket');
  await visitor.reads('It was $30.00 and is now $35.00.');
  expect(await ordersOf(visitor)).toEqual([]);
  await visitor.press('Buy for $35.00');
  await visitor.reads('Held for you:');
  expect((await ordersOf(visitor)).map((order) => order.ticket.price)).toEqual([35]);
});

it('a buyer who signs in gets the ticket at the price they saw, or is asked', async () => {
  const { id } = await seller.list('Aida', 30);
  await visitor.open(`/tickets/${id}`);
  await visitor.press('Buy ticket');
  await visitor.follow('Create an account');
  await visitor.readsHeading('Sign up');
  await seller.edit(id, 'Aida', 38);
  await eventually(async () => expect(await priceAtOrders(id)).toBe(38));
  await visitor.fill({ Email: newEmail(), Password: PASSWORD });
  await visitor.press('Sign up');
  await visitor.reads('It was $30.00 and is now $38.00.');
  await visitor.press('Show me the changes');
  await visitor.page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await ordersOf(visitor)).toEqual([]);
  await visitor.press('Buy ticket');
  await visitor.reads('Held for you:');
  expect((await ordersOf(visitor)).map((order) => order.ticket.price)).toEqual([38]);
});

it('going back once skips signing up and the step that led to the checkout', async () => {
  const { id } = await seller.list('Fidelio', 30);
  const { page } = visitor;
  await visitor.open(`/tickets/${id}`);
  await visitor.press('Buy ticket');
  await visitor.follow('Create an account');
  await visitor.signUp();
  await visitor.reads('Held for you:');
  await page.goBack();
  await page.getByRole('button', { name: /Keep it for now/ }).click();
  await page.waitForURL(`**/tickets/${id}`);
  await page.goBack();
  await page.waitForURL(`${system.url}/`);
});

it('going back once skips signing in', async () => {
  const { page } = visitor;
  const data = { email: newEmail(), password: PASSWORD };
  await page.request.post('/api/users/signup', { data });
  await page.request.post('/api/users/signout', { data: {} });
  await visitor.open('/how-it-works');
  await visitor.open('/account');
  await visitor.follow('Create an account');
  await visitor.readsHeading('Sign up');
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  await visitor.readsHeading('Sign in');
  await visitor.fill({ Email: data.email, Password: PASSWORD });
  await visitor.press('Sign in');
  await visitor.readsHeading('Account');
  await page.goBack();
  await page.waitForURL('**/how-it-works');
});

it('the header shows a hold made on another device, until it is released there', async () => {
  const { id } = await seller.list('Tosca', 30);
  const data = { email: newEmail(), password: PASSWORD };
  await visitor.page.request.post('/api/users/signup', { data });
  await visitor.open('/');
  const elsewhere = await Visitor.enter(browser, system.url);
  await elsewhere.page.request.post('/api/users/signin', { data });
  const order = await elsewhere.post<OrderBody>('/api/orders', { ticketId: id });
  await visitor.open('/');
  const badge = visitor.page.getByRole('link', { name: /Finish checkout: \d+:\d\d/ });
  await badge.waitFor();
  expect(await badge.getAttribute('href')).toBe(`/orders/${order.id}`);
  await elsewhere.page.request.delete(`/api/orders/${order.id}`);
  await elsewhere.page.context().close();
  await visitor.page.reload();
  await badge.waitFor({ state: 'detached' });
});

const ordersOf = async ({ page }: Visitor) => (await (await page.request.get('/api/orders')).json()) as OrderBody[];

/** A ticket's price as the orders service knows it, from its refusal of a different one. */
async function priceAtOrders(ticketId: string): Promise<unknown> {
  const [probe] = system.crowd(1);
  const refusal = await probe?.call('POST', '/api/orders', { ticketId, price: 1 }).catch((error: unknown) => error);
  return refusal instanceof Refused ? refusal.errors[0]?.params?.price : undefined;
}
