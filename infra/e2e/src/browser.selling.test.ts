import type { AccountBody, OrderBody, SellerBody, TicketBody } from '@ticketing/common';
import type { Browser } from 'playwright-core';
import { eventually } from './eventually';
import { Person } from './people';
import { System } from './stack';
import { photo, scannable } from './ticketFile';
import { openBrowser, Visitor } from './visitor';

let system: System;
let browser: Browser;
let seller: Visitor;
let buyer: Person;

beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
  [seller, buyer] = await Promise.all([Visitor.enter(browser, system.url), Person.signUp(system.url)]);
  await seller.follow('Sign up');
  await seller.signUp();
});

afterEach(() => {
  expect(seller.complaints).toEqual([]);
});

afterAll(() => browser.close());

const chooseFile = (file: ReturnType<typeof photo>) => seller.page.getByLabel('Ticket file').setInputFiles(file);
const part = (number: number) => `**/delivery/uploads/*/parts/${number}`;

/** Begins a listing whose ticket is there. */
async function begin(title: string) {
  await seller.open('/tickets/new');
  await seller.fill({ Title: title, Price: '20' });
  await seller.choose('I have it now');
}

/** Waits until an element has the focus: without it, people lose their place when what they used disappears. */
const isFocused = (selector: string) => seller.page.locator(`${selector}:focus`).waitFor();

/** Opens the last link that was sent to the seller's address. */
async function confirmAddress() {
  const account = await seller.page.request.get('/api/users/me');
  const { email } = (await account.json()) as AccountBody;
  const mail = await eventually(async () => {
    const [last, first] = await system.mailbox.to(email);
    if (!last || !first) throw new Error('The second link has not come yet');
    return last;
  });
  await seller.confirm(mail);
}

/** The id of the listing that the seller is on. */
const idHere = () => /\/tickets\/(\w{24})/.exec(seller.page.url())?.[1] ?? '';

async function buy(ticketId: string): Promise<OrderBody> {
  const { id } = await buyer.hold(ticketId);
  await buyer.pay(id);
  return eventually(async () => {
    const order = await buyer.order(id);
    if (order.status !== 'complete') throw new Error(`The order is ${order.status}`);
    return order;
  });
}

/** What the buyer gets to read of a ticket. */
const read = (ticketId: string) => buyer.call<object>('GET', `/api/tickets/${ticketId}/delivery`);

it('a ticket is listed with its file: preview, what the seller receives, the barcode, a link to share', async () => {
  await begin('Norma with a code');
  await seller.reads('You receive $19.00');
  await seller.reads('our fee of $1.00 (5%)');
  await seller.press('List ticket');
  await seller.isToldAt('Ticket file', 'Choose the file of your ticket.');
  await chooseFile({ name: 'ticket.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
  await seller.reads('Choose a PDF, PNG, JPEG or Apple Wallet pass.');
  await chooseFile(scannable());
  await seller.page.getByAltText('Your file').waitFor();
  await seller.reads(/Picture, \d+ kB/);
  await seller.press('List ticket');
  await seller.readsHeading("You're live!");
  await seller.reads('Barcode found.');
  await seller.readsHeading('Getting paid');
  const id = idHere();
  expect(await seller.page.getByLabel('Link to your ticket').inputValue()).toBe(`${system.url}/tickets/${id}`);
  expect(await buyer.ticket(id)).toMatchObject({ delivery: 'now', isScanned: true, price: 20 });
  expect(await buyer.ticket(id)).toHaveProperty('deliveredAt', expect.any(String));

  await seller.press('Set up payouts');
  await seller.isTold('Confirm your email address first');
  await seller.press('Send the link again');
  await seller.reads('A new link is on its way.');
  await confirmAddress();
  await eventually(async () => {
    await seller.open('/listings');
    // Continues with the account that an earlier attempt created.
    await seller.page.getByRole('button', { name: /^(Set up payouts|Continue at Stripe)$/ }).click();
    await seller.page.getByRole('button', { name: 'Leave halfway' }).waitFor({ timeout: 20_000 });
  });
  await seller.press('Leave halfway');
  await seller.readsHeading('Sales and payouts');
  await seller.reads('Stripe needs more from you before it can pay you.');
  await seller.press('Continue at Stripe');
  await seller.press('Provide everything');
  await seller.readsHeading('Sales and payouts');
  await seller.reads('Your payouts are set up.');
  await seller.reads('Your account at Stripe: United States, paid in USD.');
});

it('a file is dropped on the form, and one that is no ticket is refused there', async () => {
  await begin('Dropped on the form');
  const drop = async ({ buffer, ...file }: ReturnType<typeof scannable>) => {
    const data = await seller.page.evaluateHandle(
      `(() => {
          const bytes = Uint8Array.from(atob('${buffer.toString('base64')}'), (char) => char.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], '${file.name}', { type: '${file.mimeType}' }));
          return data;
        })()`,
    );
    for (const type of ['dragenter', 'dragover', 'drop'])
      await seller.page.locator('.drop').dispatchEvent(type, { dataTransfer: data });
  };
  await drop({ name: 'ticket.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
  await seller.reads('Choose a PDF, PNG, JPEG or Apple Wallet pass.');
  await drop(scannable());
  await seller.page.getByAltText('Your file').waitFor();
  await seller.press('List ticket');
  await seller.readsHeading("You're live!");
  await seller.reads('Barcode found.');
});

it('an upload resumes by itself after a dropped connection, and sends no part twice', async () => {
  await begin('Dropped');
  await chooseFile(photo());
  const sent: string[] = [];
  seller.page.on('requestfinished', (request) => {
    if (request.method() === 'PUT') sent.push(request.url().split('/').at(-1) ?? '');
  });
  await seller.page.route(part(1), (route) => route.abort(), { times: 1 });
  await seller.press('List ticket');
  await seller.readsHeading("You're live!");
  await seller.reads('No barcode found: buyers will be told.');
  expect(sent).toEqual(['0', '1', '2']);
  seller.page.removeAllListeners('requestfinished');
});

it('after a cancelled upload the listing says that nothing was handed over, and the same file resumes', async () => {
  await begin('Thought better of');
  await chooseFile(photo());
  await seller.page.route(part(2), () => undefined);
  await seller.press('List ticket');
  await seller.readsHeading('Your ticket is listed');
  await seller.page.getByRole('progressbar', { name: 'Uploading' }).waitFor();
  await eventually(async () => {
    expect(await seller.page.locator('.upload-row').innerText()).toMatch(/8\d%/);
  });
  await seller.press('Cancel upload');
  await seller.isTold('Nothing was handed over.');
  const [own] = (await (await seller.page.request.get('/api/tickets/mine?limit=1')).json()) as TicketBody[];
  expect(own).toMatchObject({ title: 'Thought better of', delivery: 'now', deliveredAt: null });

  await seller.page.unroute(part(2));
  const begun: string[] = [];
  seller.page.on('request', (request) => {
    if (request.method() === 'PUT') begun.push(request.url().split('/').at(-1) ?? '');
  });
  await seller.press('Hand over');
  await seller.readsHeading("You're live!");
  expect(begun).toEqual(['2']);
  seller.page.removeAllListeners('request');
});

it('a ticket that is already listed is refused with an explanation, and the listing continues without it', async () => {
  const file = scannable();
  await begin('The first of two');
  await chooseFile(file);
  await seller.press('List ticket');
  await seller.readsHeading("You're live!");
  await begin('The second of two');
  await chooseFile(file);
  await seller.press('List ticket');
  await seller.isTold('This ticket is listed already.');
  await seller.follow("I'll do it later");
  await seller.readsHeading("You're live!");
  await seller.reads('Not handed over yet.');
});

it('a promised ticket is handed over from the board after the sale, before its deadline', async () => {
  const id = (await seller.list('Promised', '31.25')).split('/').at(-1) ?? '';
  await seller.open('/listings');
  await seller.rows('Promised').getByText('Not handed over yet').waitFor();
  await buy(id);
  await seller.row('Promised', 'Sold').waitFor();
  const { deliverBy } = await eventually(async () => {
    const ticket = await buyer.ticket(id);
    if (!ticket.deliverBy) throw new Error('It is not known to be owed yet');
    return ticket;
  });
  await seller.rows('Promised').locator(`time[datetime="${deliverBy}"]`).waitFor();
  await seller.rows('Promised').getByText('or the buyer gets their money back').waitFor();
  await seller.open('/sales');
  await seller.row('Promised', 'Hand it over').locator(`time[datetime="${deliverBy}"]`).waitFor();
  await seller.open('/listings');
  await seller.page.getByRole('link', { name: 'Hand over Promised' }).click();
  await seller.reads('Sold! Hand it over by');
  await seller.choose('A link, a code or a note');
  await seller.fill({ Link: 'http://example.com/t' });
  await seller.press('Hand over');
  await seller.isToldAt('Link', 'must begin with https://');
  const url = `https://example.com/${id}`;
  await seller.fill({ Link: url, 'Note to the buyer': 'Row 7' });
  await seller.press('Hand over');
  await isFocused('.alert-success');
  await seller.reads('Handed over: the buyer can open it.');
  await expect(read(id)).resolves.toEqual({ transfer: { url, code: null, note: 'Row 7' } });
  await seller.reads('Handed over: the buyer has opened it.');
});

it('a sale says when its money comes, claims are answered or refunded there, and the export has it all', async () => {
  const titles = ['Aida, claimed', '=Aida, given back'];
  const orders: OrderBody[] = [];
  for (const title of titles) orders.push(await buy((await seller.list(title, '1080.50')).split('/').at(-1) ?? ''));
  const [claimed, given] = orders;
  const transfer = { code: `for ${given?.id}` };
  await seller.page.request.put(`/api/tickets/${given?.ticket.id}/delivery`, { data: { transfer } });
  await seller.open('/sales');
  const sale = (title: string) => seller.page.locator('.sale', { hasText: title });
  await sale('claimed').getByText('Hand over the ticket by').waitFor();
  await sale('given back').getByText('unless the buyer reports a problem before that').waitFor();
  await sale('given back').locator(`time[datetime="${given?.releaseAt}"]`).waitFor();

  await buyer.call('POST', `/api/orders/${claimed?.id}/claim`, { reason: 'not-admitted', text: 'I was sent away.' });
  await sale('claimed').getByText('I was sent away.').waitFor();
  await sale('claimed').getByText('Answer by').waitFor();
  await seller.fill({ 'Your answer': 'It was valid.' });
  await seller.press('Send answer');
  await sale('claimed').getByText('Under review').waitFor();
  await sale('claimed').getByText('It was valid.').waitFor();
  await isFocused(`#sale-${claimed?.id}`);

  await buyer.call('POST', `/api/orders/${given?.id}/claim`, {
    reason: 'not-admitted',
    text: 'The gate was closed.',
  });
  await sale('given back').getByText('The gate was closed.').waitFor();
  await seller.fill({ 'Your answer': 'Was it' });
  await seller.press('Refund the buyer of =Aida, given back');
  await seller.readsHeading('Refund $1,080.50?');
  await seller.page.keyboard.press('Escape');
  await seller.press('Refund the buyer of =Aida, given back');
  await seller.press('Refund $1,080.50');
  await sale('given back').getByText('You refunded the buyer.').waitFor();
  await isFocused(`#sale-${given?.id}`);
  const drafts = () => seller.page.evaluate<string[]>('Object.keys(sessionStorage)');
  await eventually(async () => expect(await drafts()).not.toContain(`draft answer ${given?.id}`));
  await eventually(async () => expect(await buyer.order(given?.id ?? '')).toMatchObject({ status: 'refunded' }));

  const table = await seller.page.request.get('/sales/export.csv');
  expect(table.headers()).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'cache-control': 'private, no-store',
  });
  await eventually(async () => {
    const exported = await seller.page.request.get('/sales/export.csv');
    const lines = (await exported.text()).split('\r\n');
    expect(lines[0]).toContain('Order,Sold (UTC),Ticket');
    expect(lines.find((line) => line.startsWith(`${given?.id}`))).toMatch(
      /,"'=Aida, given back",.*,1080.5,0,0,0,USD,Refunded,/,
    );
    expect(lines.find((line) => line.startsWith(`${claimed?.id}`))).toMatch(/,1080.5,.*,USD,Under review,/);
  });
});

it('a seller reads what waits for them, and everyone that they are confirmed and how much they have sold', async () => {
  const unsold = await seller.list('Not sold yet', '10');
  for (const title of ['Sold once', 'Sold twice']) await buy((await seller.list(title, '30')).split('/').at(-1) ?? '');
  const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
  // Payments may hear of these sales, and of the refund before, while the page is read.
  await eventually(async () => {
    const account = (await (await seller.page.request.get('/api/payments/seller')).json()) as SellerBody;
    expect(account.waiting).toBeGreaterThanOrEqual(57);
    await seller.open('/sales');
    for (const [name, sum] of [
      ['Waiting', account.waiting],
      ['On the way', 0],
      ['Paid', 0],
    ] as const) {
      const total = seller.page.locator('.total', { hasText: name });
      await total.getByText(money.format(sum), { exact: true }).waitFor({ timeout: 10_000 });
    }
  });

  const visitor = await Visitor.enter(browser, system.url, { locale: 'en-US' });
  await eventually(async () => {
    await visitor.open(unsold);
    const words = await visitor.page.locator('main').innerText();
    expect(words).toContain('Identity confirmed by Stripe');
    expect(Number(/(\d+) tickets sold/.exec(words)?.[1])).toBeGreaterThanOrEqual(2);
  });
  await visitor.page.context().close();
});

it('the board shows claims and refunds; a refunded sale no longer counts as earned and cannot be handed over', async () => {
  const id = (await seller.list('Undone', '40')).split('/').at(-1) ?? '';
  const order = await buy(id);
  await seller.open('/listings');
  await seller.row('Undone', 'Sold').waitFor();
  // As it is with this sale: the sums follow the rows.
  await seller.page.reload();
  const earned = await seller.page.locator('.total-earned').innerText();
  await buyer.claim(order.id, { reason: 'not-delivered', text: 'Nothing came.' });
  await seller.rows('Undone').getByText('Answer by').waitFor();
  await seller.page.getByRole('link', { name: 'Answer the buyer of Undone' }).click();
  await seller.page.locator(`#sale-${order.id}`).getByText('Nothing came.').waitFor();
  await seller.open('/listings');
  await seller.page.request.post(`/api/orders/${order.id}/refund`);
  await seller.rows('Undone').getByText('Refunded: the buyer gets their money back').waitFor();
  await eventually(async () => expect(await seller.page.locator('.total-earned').innerText()).not.toBe(earned));
  await seller.open(`/tickets/${id}/edit`);
  await seller.readsHeading('Your sale');
  await seller.page.locator('.row-title', { hasText: 'Undone' }).waitFor();
  await seller.reads('Refunded: the buyer can no longer open it.');
  expect(await seller.page.getByRole('button', { name: 'Hand over' }).count()).toBe(0);
});

it('people choose the name that others see, or none', async () => {
  await seller.open('/account');
  await seller.fill({ Name: 'Eve from Dresden' });
  await seller.press('Save name');
  await seller.reads('Name saved.');
  await seller.open('/account');
  const name = seller.page.getByLabel('Name', { exact: true });
  expect(await name.inputValue()).toBe('Eve from Dresden');
  await name.fill('');
  await seller.press('Save name');
  await seller.reads('Name saved.');
  await seller.open('/account');
  expect(await name.inputValue()).toBe('');
});

it("sales can be read without scripts, and the export contains only one's own", async () => {
  const storageState = await seller.page.context().storageState();
  const visitor = await Visitor.enter(browser, system.url, { javaScriptEnabled: false, storageState });
  await visitor.open('/sales');
  await visitor.reads('Aida, claimed');
  await visitor.reads('Under review');
  await visitor.page.context().close();
  const stranger = await Visitor.enter(browser, system.url);
  const answer = await stranger.page.request.get('/sales/export.csv');
  expect(answer.url()).toContain('/auth/signin');
  await stranger.page.context().close();
});
