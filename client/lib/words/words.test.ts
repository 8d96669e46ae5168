import { existsSync, readdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { languages, readMarket } from '@ticketing/common/contract';
import { de } from '@/texts/de';
import { en } from '@/texts/en';
import type { Operator } from './config';
import { factsOf } from './facts';
import { fillIn, render, type Facts } from './markdown';
import { readText, wordPages, wordsOf } from './pages';

jest.mock('server-only', () => ({}), { virtual: true });
jest.mock('next/headers', () => ({ cookies: () => new Map(), headers: () => new Headers() }));

const client = path.join(__dirname, '../..');
const folder = path.join(client, 'words');
const texts = { en: en.words, de: de.words };
const locales = { en: 'en-US', de: 'de-DE' };
const operator: Operator = {
  name: 'Ada & Söhne *GmbH*',
  address: '1 Long_Lane_, 12345 Town',
  mail: 'help@shop.example',
};
const order = 'a'.repeat(24);

const facts = (language: 'en' | 'de', environment = {}, changes: Partial<Parameters<typeof factsOf>[0]> = {}): Facts =>
  factsOf({ market: readMarket(environment), operator, locale: locales[language], texts: texts[language], ...changes });

const every = languages.flatMap((language) => wordPages.map((page) => [page, language] as const));
const open = async (...[page, language, ...more]: [...(typeof every)[number], object?, object?]) =>
  render(await readText(page, language, [folder]), facts(language, ...more));

/** Whether the site has a page at a path. */
function isPage(link: string): boolean {
  const { pathname } = new URL(link, 'http://site');
  const [, first = ''] = pathname.split('/');
  if ((wordPages as readonly string[]).includes(first)) return pathname === `/${first}`;
  return ['page.tsx', 'route.ts'].some((file) => existsSync(path.join(client, 'app', pathname, file)));
}

test('every page exists in every language, and no file is left over', () => {
  expect(readdirSync(folder).sort()).toEqual(every.map(([page, language]) => `${page}.${language}.md`).sort());
});

test.each(every)('%s (%s) has one heading, everything filled in, and no broken link', async (page, language) => {
  for (const changes of [{}, { order }]) {
    const { title, html } = await open(page, language, { PRICE_CAP_PERCENT: '120' }, changes);
    expect(title).not.toBe('');
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html).not.toMatch(/[{}]|undefined|null|NaN|&lt;/);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, link = '']) => link);
    const inside = links.filter((link) => !/^(https|mailto):/.test(link));
    expect(inside.filter((link) => !isPage(link))).toEqual([]);
    expect(links.filter((link) => link.startsWith('mailto:') && !link.includes('help@shop.example'))).toEqual([]);
  }
});

test.each(wordPages)('%s has the same links and facts in both languages', async (page) => {
  const said = await Promise.all(
    languages.map(async (language) => {
      const text = await readText(page, language, [folder]);
      const links = [...text.matchAll(/\]\((\/[^)]*)\)/g)].map(([, link]) => link);
      return { links: new Set(links), facts: [...text.matchAll(/\{\w+\}/g)].map(([fact]) => fact).sort() };
    }),
  );
  expect(said[1]).toEqual(said[0]);
});

/** What each setting changes on a page, in English. */
const told: [setting: object, page: (typeof wordPages)[number], words: string][] = [
  [{ SELLER_FEE_PERCENT: '7.5' }, 'fees', 'Sellers pay 7.5% of the price'],
  [{ SELLER_FEE_PERCENT: '7.5' }, 'fees', 'you get $92.50'],
  [{ PAYOUT_HOURS: '36' }, 'fees', '36 hours after the event has started'],
  [{ PAYOUT_HOURS: '36' }, 'guarantee', '36 hours after the event has started'],
  [{ PAYOUT_UNDATED_HOURS: '240' }, 'fees', '10 days after the sale'],
  [{ PAYOUT_UNDATED_HOURS: '240' }, 'guarantee', '10 days after the sale'],
  [{ PAYOUT_READ_HOURS: '36' }, 'fees', '36 hours after the buyer has opened the ticket'],
  [{ PAYOUT_READ_HOURS: '36' }, 'guarantee', '36 hours after you opened the ticket'],
  [{ CLAIM_ANSWER_HOURS: '48' }, 'guarantee', 'They have 48 hours to answer'],
  [{ DELIVERY_HOURS: '5' }, 'how-it-works', 'within 5 hours of the sale'],
  [{ ORDER_WINDOW_SECONDS: '600' }, 'how-it-works', 'You have 10 minutes to pay'],
  [{ ORDER_WINDOW_SECONDS: '90' }, 'terms', 'held for you for 90 seconds'],
  [{ HOLDS_PER_BUYER: '2' }, 'terms', 'at most 2 tickets at a time'],
  [{ PRICE_CAP_PERCENT: '120' }, 'terms', 'at most 120% of that'],
];

test.each(told)('%j is what %s says', async (setting, page, words) => {
  expect((await open(page, 'en', setting)).html).toContain(words);
  expect((await open(page, 'en')).html).not.toContain(words);
});

test('what does not apply is left out', async () => {
  expect((await open('terms', 'en', { PRICE_CAP_PERCENT: '' })).html).not.toContain('printed on a ticket');
  expect((await open('contact', 'en')).html).not.toContain('It is about order');
});

test('a message about an order has its number in the subject', async () => {
  expect((await open('contact', 'de', {}, { order })).html).toContain(
    `href="mailto:help@shop.example?subject=Bestellung%20${order}"`,
  );
});

test('who runs the site is shown as configured', async () => {
  const { html } = await open('imprint', 'de');
  expect(html).toContain('Ada &amp; Söhne *GmbH*');
  expect(html).toContain('1 Long_Lane_, 12345 Town');
});

test('a development copy admits that nobody runs it', async () => {
  const unknown = { ...operator, name: undefined, address: undefined };
  expect((await open('imprint', 'en', {}, { operator: unknown })).html).toContain('copy of Ticketing for development');
});

test('refuses an unknown placeholder', () => {
  expect(() => fillIn('A {fee} and a {tip}.', { fee: '5%' })).toThrow('{tip}');
});

test('refuses a page without a title; HTML and scripts are shown, not run', () => {
  expect(() => render('## Small', {})).toThrow('heading');
  const { html } = render('# Title\n\n<script>alert(1)</script> [x](javascript:alert(1))', {});
  expect(html).not.toMatch(/<script|href/);
});

test("an operator's file replaces ours, the others stay", async () => {
  const own = mkdtempSync(path.join(os.tmpdir(), 'words-'));
  try {
    writeFileSync(path.join(own, 'imprint.en.md'), '# Who we are\n\nBob’s, at {supportMail}.');
    expect(await readText('imprint', 'en', [own, folder])).toContain('Bob');
    expect(await readText('imprint', 'de', [own, folder])).toContain('# Impressum');
  } finally {
    rmSync(own, { recursive: true });
  }
});

test('the pages use MAIL_SUPPORT and WORDS_DIR', async () => {
  const own = mkdtempSync(path.join(os.tmpdir(), 'words-'));
  const variables = { MAIL_SUPPORT: 'ask@shop.example', WORDS_DIR: own };
  const environment = jest.replaceProperty(process, 'env', { ...process.env, ...variables });
  try {
    writeFileSync(path.join(own, 'imprint.en.md'), '# Who we are\n\nBob’s, at {supportMail}.');
    expect((await wordsOf('contact')).html).toContain('mailto:ask@shop.example');
    expect(await wordsOf('imprint')).toMatchObject({
      title: 'Who we are',
      html: expect.stringContaining('ask@shop.example') as string,
    });
  } finally {
    environment.restore();
    rmSync(own, { recursive: true });
  }
});
