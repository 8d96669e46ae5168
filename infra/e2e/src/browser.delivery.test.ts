import fs from 'node:fs/promises';
import type { TicketBody } from '@ticketing/common';
import type { Browser } from 'playwright-core';
import { eventually } from './eventually';
import { newEmail, Person } from './people';
import { System } from './stack';
import { aPass, aPdf, aPicture, aQrCode } from './ticketFile';
import { openBrowser, Visitor } from './visitor';

const PASSWORD = 'correct horse battery';
/** No two listings hand over the same. */
const transferOf = ({ id }: TicketBody) => ({
  url: 'https://box-office.example/transfer',
  code: `KX7-${id}`,
  note: 'Ask for Ms Weber.',
});

let system: System;
let browser: Browser;
let seller: Person;
let buyer: Visitor;

beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
  seller = await Person.signUp(system.url);
  await seller.call('PUT', '/api/users/me/name', { name: 'Clara W.' });
});
beforeEach(async () => {
  buyer = await Visitor.enter(browser, system.url, {
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await buyer.page.request.post('/api/users/signup', { data: { email: newEmail(), password: PASSWORD } });
});
afterEach(async () => {
  expect(buyer.complaints).toEqual([]);
  await buyer.page.context().close();
});
afterAll(() => browser.close());

const offer = (title: string, delivery: 'now' | 'later') =>
  seller.call<TicketBody>('POST', '/api/tickets', { title, price: 64.5, faceValue: 75, delivery });

/** Buys a ticket as people do it, and returns the order's id. */
async function buy({ id }: TicketBody): Promise<string> {
  const order = await buyer.buy(`/tickets/${id}`);
  await buyer.payWith('Visa – accepted');
  await buyer.readsHeading("You're going!");
  return order;
}

const readAt = async (id: string) => (await seller.ticket(id)).readAt;

it('a buyer sees what they will get, then opens and downloads the file, and nobody else can', async () => {
  const ticket = await offer('Winterreise', 'now');
  const file = aPicture();
  await seller.upload(ticket.id, file);

  await buyer.open(`/tickets/${ticket.id}`);
  for (const words of ['Instant download', 'No barcode could be read in this file.', 'Clara W.', /Member since/])
    await buyer.reads(words);
  for (const words of ['No fees added', 'Face value $75.00']) await buyer.reads(words);
  await buyer.press('Buy ticket');
  await buyer.reads('Held for you:');
  await buyer.reads('No barcode could be read in this file.');
  await buyer.payWith('Visa – accepted');
  await buyer.readsHeading("You're going!");
  await buyer.reads('Your ticket is here.');
  expect(await readAt(ticket.id)).toBeNull();

  await buyer.follow('Show your ticket');
  await buyer.page.getByRole('img', { name: 'Your ticket, as a picture' }).waitFor();
  const width = "document.querySelector('.handover-picture').naturalWidth";
  await eventually(async () => expect(await buyer.page.evaluate(width)).toBe(240));
  expect(await readAt(ticket.id)).not.toBeNull();
  const download = buyer.page.waitForEvent('download');
  await buyer.follow('Download');
  expect(await fs.readFile(await (await download).path())).toEqual(file);

  const stranger = await Visitor.enter(browser, system.url);
  await stranger.page.request.post('/api/users/signup', { data: { email: newEmail(), password: PASSWORD } });
  expect((await stranger.page.request.get(`/api/tickets/${ticket.id}/delivery`)).status()).toBe(404);
  expect((await stranger.open(new URL(buyer.page.url()).pathname))?.status()).toBe(404);
  await stranger.page.context().close();
});

it.each([
  ['PDF', 'Your ticket is a PDF.', 'Download PDF', aPdf, 'ticket.pdf'],
  ['pass', 'Your ticket is a pass for Apple Wallet.', 'Add to wallet', aPass, 'ticket.pkpass'],
])('a buyer gets a %s by a button of its own', async (_kind, lead, button, make, name) => {
  const ticket = await offer(`Frauenliebe, as ${name}`, 'now');
  const file = make();
  await seller.upload(ticket.id, file);
  await buy(ticket);
  await buyer.follow('Show your ticket');
  await buyer.reads(lead);
  const download = buyer.page.waitForEvent('download');
  await buyer.follow(button);
  expect((await download).suggestedFilename()).toBe(name);
  expect(await fs.readFile(await (await download).path())).toEqual(file);
});

it('a page says how its ticket is handed over: with a barcode that was read, or not by us', async () => {
  const scanned = await offer('Myrthen', 'now');
  await seller.upload(scanned.id, aQrCode(`gate ${scanned.id}`));
  await buyer.open(`/tickets/${scanned.id}`);
  await buyer.reads('Instant download, barcode checked');
  await buyer.reads('The barcode was read, and no other ticket listed here has it.');
  const { id } = await seller.call<TicketBody>('POST', '/api/tickets', { title: 'Kerner-Lieder', price: 20 });
  await buyer.open(`/tickets/${id}`);
  await buyer.reads('Arranged with the seller');
});

it('a delivery can be opened without scripts', async () => {
  const ticket = await offer('Dichterliebe', 'later');
  const transfer = transferOf(ticket);
  await seller.call('PUT', `/api/tickets/${ticket.id}/delivery`, { transfer });
  const order = await buy(ticket);
  const plain = await browser.newContext({ baseURL: system.url, locale: 'en-US', javaScriptEnabled: false });
  await plain.addCookies(await buyer.page.context().cookies());
  const page = await plain.newPage();
  await page.goto(`/orders/${order}`);
  await page.getByRole('link', { name: 'Show your ticket' }).click();
  await page.getByText(transfer.code).waitFor();
  await plain.close();
});

it('a waiting page shows the ticket once it arrives: a link with its host, a code to copy, and a note', async () => {
  const ticket = await offer('Liederkreis', 'later');
  await buyer.open(`/tickets/${ticket.id}`);
  await buyer.reads('Sent by the seller within 24 hours of the sale');
  await buy(ticket);
  await buyer.reads('The seller has until');
  const transfer = transferOf(ticket);
  await eventually(() => seller.call('PUT', `/api/tickets/${ticket.id}/delivery`, { transfer }));
  await buyer.follow('Show your ticket');
  const link = buyer.page.getByRole('link', { name: 'Open box-office.example' });
  expect(await link.getAttribute('href')).toBe(transfer.url);
  expect(await link.getAttribute('rel')).toContain('noopener');
  await buyer.reads(transfer.note);
  await buyer.press('Copy');
  await buyer.reads('Copied');
  expect(await buyer.page.evaluate('navigator.clipboard.readText()')).toBe(transfer.code);
});

it('a buyer reports a problem, reads the answer, and is refunded: the ticket is void', async () => {
  const ticket = await offer('Schwanengesang', 'now');
  await seller.upload(ticket.id, aPicture());
  const order = await buy(ticket);
  await buyer.page.getByText("Something's wrong?").click();
  await buyer.press('Report problem');
  await buyer.isToldAt('What happened?', 'Please fill this in.');
  await buyer.page.getByLabel('What went wrong?').selectOption("I wasn't let in");
  await buyer.fill({ 'What happened?': 'The gate refused the code.' });
  await buyer.press('Report problem');
  await buyer.readsHeading('You reported a problem');
  await buyer.reads('The gate refused the code.');
  await buyer.reads(/The seller has until .+ to answer/);
  expect(await buyer.page.getByText("Something's wrong?").count()).toBe(0);

  await seller.call('POST', `/api/orders/${order}/claim/answer`, { text: 'It was valid when I sold it.' });
  await buyer.readsHeading('The seller has answered');
  await buyer.reads('It was valid when I sold it.');
  await buyer.open('/orders');
  await buyer.readsRow('Schwanengesang', 'Problem reported');
  await buyer.follow('Schwanengesang');
  await buyer.readsHeading('The seller has answered');

  await seller.call('POST', `/api/orders/${order}/refund`);
  await buyer.readsHeading('The seller refunded you.');
  await buyer.reads('$64.50 is on its way back to your card.');
  await buyer.reads('Your ticket and its proof of purchase are void.');
  await eventually(async () =>
    expect((await buyer.page.request.get(`/api/tickets/${ticket.id}/delivery`)).status()).toBe(404),
  );
});

it('a listing is shared by its link, and can be reported by keyboard', async () => {
  const ticket = await offer('Frauenliebe', 'later');
  await buyer.open(`/tickets/${ticket.id}`);
  await buyer.press('Share');
  await buyer.reads('Link copied');
  expect(await buyer.page.evaluate('navigator.clipboard.readText()')).toBe(`${system.url}/tickets/${ticket.id}`);
  const report = buyer.page.getByRole('button', { name: 'Report this listing' });
  await report.focus();
  await buyer.page.keyboard.press('Enter');
  const dialog = buyer.page.getByRole('dialog', { name: 'Report this listing' });
  await dialog.getByRole('button', { name: 'Send report' }).click();
  await dialog.getByText('Please fill this in.').waitFor();
  // Pressed in the very moment it gets the focus back, the button opens the dialog again.
  await buyer.page.evaluate("addEventListener('focusin', ({ target }) => target.click(), { once: true })");
  await buyer.page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Send report' }).click();
  await dialog.getByText('Please fill this in.').waitFor();
  await buyer.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await buyer.page.evaluate('document.activeElement.textContent')).toBe('Report this listing');
  await buyer.page.keyboard.press('Enter');
  await dialog.getByRole('combobox').selectOption('misleading');
  await dialog.getByRole('button', { name: 'Send report' }).press('Enter');
  await buyer.reads('Thank you.');
  expect(await buyer.page.evaluate('document.activeElement.textContent')).toContain('Thank you.');
});
