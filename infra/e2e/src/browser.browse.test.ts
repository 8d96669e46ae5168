import { gzipSync } from 'node:zlib';
import type { TicketBody } from '@ticketing/common';
import type { Browser, Page } from 'playwright-core';
import { violationsIn } from './axe';
import { eventually } from './eventually';
import { Person } from './people';
import { System } from './stack';
import { openBrowser, untilHydrated, Visitor } from './visitor';

const DAY = 86_400_000;
/** The day of the listings, even if it ends meanwhile. */
const today = Date.now();
const PAGE = 24;

let system: System;
let browser: Browser;
let seller: Person;
let visitor: Visitor;

const inDays = (days: number, hour = 18) => `${new Date(today + days * DAY).toISOString().slice(0, 10)}T${hour}:00:00Z`;
const dayOf = (days: number) => inDays(days).slice(0, 10);
const offer = (fields: object) => seller.call<TicketBody>('POST', '/api/tickets', { price: '20', ...fields });
const enter = (options = {}) =>
  Visitor.enter(browser, system.url, { locale: 'en-US', timezoneId: 'Europe/Berlin', ...options });

const titles = (page: Page) => page.locator('.ticket-card-title').allTextContents();
const queryOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

/** Waits until the list in front of a visitor has these titles, in this order. */
const shows = (page: Page, wanted: string[]) => eventually(async () => expect(await titles(page)).toEqual(wanted));

beforeAll(async () => {
  system = System.shared();
  browser = await openBrowser();
  [seller, visitor] = await Promise.all([Person.signUp(system.url), enter()]);
  const opera = { venue: 'Semperoper', city: 'Operatown', timeZone: 'Europe/Berlin' };
  await offer({
    ...opera,
    title: 'Falstaff',
    price: '80',
    category: 'theatre',
    startsAt: inDays(30),
    section: 'Parkett',
    row: '4',
    seat: '17',
    description: 'First line\nsecond </script> line',
  });
  await offer({ ...opera, title: 'Salome', price: '120', category: 'theatre', startsAt: inDays(3) });
  await offer({ ...opera, title: 'Stand-up at the opera', price: '15', category: 'comedy', startsAt: inDays(10) });
  await offer({ title: 'Any concert you like', price: '50', category: 'concert', city: 'Operatown' });
  for (let number = 1; number <= PAGE + 2; number++)
    await offer({ title: `Marathon ${number}`, city: 'Longrun', category: 'sport' });
});

afterEach(() => {
  expect(visitor.complaints).toEqual([]);
});

afterAll(() => browser.close());
afterAll(() => system.expectNothingLost());

it('a search is in the URL, so that it can be shared and returned to', async () => {
  const { page } = visitor;
  await visitor.open('/');
  await page.getByRole('searchbox').fill('operatown');
  await page.getByRole('searchbox').press('Enter');
  await visitor.readsHeading('“operatown”');
  await page.getByRole('link', { name: 'Theatre', exact: true }).click();
  await shows(page, ['Salome', 'Falstaff']);
  await page.getByText('Soonest').first().click();
  await page.getByRole('link', { name: 'Lowest price' }).click();
  await shows(page, ['Falstaff', 'Salome']);
  await page.getByText('Price', { exact: true }).click();
  await visitor.fill({ 'Up to $': '100' });
  await page.getByLabel('Up to $').press('Enter');
  await shows(page, ['Falstaff']);
  expect(queryOf(page)).toEqual({ q: 'operatown', category: 'theatre', sort: 'price', maxPrice: '100' });

  const friend = await enter();
  await friend.open(page.url());
  await shows(friend.page, ['Falstaff']);
  expect(await friend.page.getByRole('searchbox').inputValue()).toBe('operatown');
  await friend.page.context().close();

  await page.goBack();
  await shows(page, ['Falstaff', 'Salome']);
  expect(await page.getByLabel('Up to $').inputValue()).toBe('');
});

it('updates the list without reloading the page', async () => {
  const { page } = visitor;
  await visitor.open('/?q=operatown');
  await page.evaluate("document.body.setAttribute('data-kept', '')");
  const comedy = page.getByRole('link', { name: 'Comedy', exact: true });
  await untilHydrated(comedy);
  await comedy.click();
  await shows(page, ['Stand-up at the opera']);
  expect(await page.locator('body[data-kept]').count()).toBe(1);
});

it('filters can be removed one by one', async () => {
  const { page } = visitor;
  await visitor.open('/?q=operatown&category=theatre&maxPrice=100&sort=price');
  await shows(page, ['Falstaff']);
  await visitor.follow('Remove Theatre');
  await shows(page, ['Stand-up at the opera', 'Any concert you like', 'Falstaff']);
  await visitor.follow('Remove Up to $100.00');
  await shows(page, ['Stand-up at the opera', 'Any concert you like', 'Falstaff', 'Salome']);
  await visitor.follow('Remove “operatown”');
  await visitor.readsHeading('Tickets for sale');
  expect(queryOf(page)).toEqual({ sort: 'price' });
});

it('days are the venue’s, chosen as dates or with a tap', async () => {
  const { page } = visitor;
  await visitor.open('/?q=operatown&sort=soonest');
  await shows(page, ['Salome', 'Stand-up at the opera', 'Falstaff', 'Any concert you like']);
  await page.getByText('Date', { exact: true }).click();
  await visitor.follow('Next 7 days');
  await shows(page, ['Salome']);
  await page.getByText('Date', { exact: true }).click();
  await visitor.fill({ From: dayOf(5), Until: dayOf(30) });
  await visitor.press('Show tickets');
  await shows(page, ['Stand-up at the opera', 'Falstaff']);
  expect(queryOf(page)).toMatchObject({ from: dayOf(5), to: dayOf(30) });

  // In Auckland it begins the next morning; its card shows the day in Operatown.
  const far = await enter({ timezoneId: 'Pacific/Auckland' });
  await eventually(async () => {
    const cookies = await far.page.context().cookies();
    expect(cookies.map(({ name }) => name)).toContain('time-zone');
  });
  await far.open(`/?q=operatown&from=${dayOf(3)}&to=${dayOf(3)}`);
  await shows(far.page, ['Salome']);
  await far.page.context().close();
});

it('the city filter offers those with the most tickets', async () => {
  const { page } = visitor;
  const longrun = page.getByRole('link', { name: 'Longrun', exact: true, includeHidden: true });
  // Cities are counted twice a minute.
  await eventually(async () => {
    await visitor.open('/?sort=newest');
    expect(await longrun.count()).toBe(1);
  });
  await page.getByText('City', { exact: true }).click();
  await longrun.click();
  await visitor.readsHeading('Longrun');
  expect(queryOf(page)).toEqual({ city: 'Longrun', sort: 'newest' });
  await eventually(async () => expect((await titles(page)).every((title) => title.startsWith('Marathon'))).toBe(true));
});

it('pages continue the same search, and each ticket is on one of them', async () => {
  const { page } = visitor;
  await visitor.open('/?q=longrun&category=sport&sort=newest');
  const first = await titles(page);
  expect(first).toHaveLength(PAGE);
  await visitor.follow('More tickets');
  await shows(page, ['Marathon 2', 'Marathon 1']);
  expect(first).not.toContain('Marathon 2');
  expect(queryOf(page)).toMatchObject({ q: 'longrun', category: 'sport', sort: 'newest' });
  await visitor.follow('Back to the first page');
  await shows(page, first);
});

it('a search without results offers to widen it', async () => {
  const { page } = visitor;
  await visitor.open('/?q=falstaff&category=sport&minPrice=10');
  await visitor.readsHeading('No tickets match your search');
  await visitor.follow('Any category');
  await shows(page, ['Falstaff']);
});

it('names what is wrong in the URL, and ignores it', async () => {
  const { page } = visitor;
  await visitor.open('/?q=operatown&category=opera&minPrice=much&from=tomorrow&cursor=nowhere&sort=price');
  for (const words of ['“opera”', '“much”', '“tomorrow”', 'That page is no longer available'])
    await visitor.isTold(words);
  await shows(page, ['Stand-up at the opera', 'Any concert you like', 'Falstaff', 'Salome']);
});

it('loads scripts of 145 KB at most, after gzip', async () => {
  const page = await browser.newPage();
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body());
  });
  await page.goto(system.url, { waitUntil: 'networkidle' });
  const loaded = await Promise.all(scripts);
  const weights = loaded.map((script) => gzipSync(script, { level: 6 }).length);
  await page.close();
  expect(weights.length).toBeGreaterThan(0);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(145 * 1024);
  // What only the support desk needs is loaded only by its pages.
  expect(loaded.filter((script) => script.includes('/support/'))).toEqual([]);
});

it('works without scripts: list, filters, ticket', async () => {
  const reader = await enter({ javaScriptEnabled: false });
  const { page } = reader;
  await page.getByRole('searchbox').fill('operatown');
  await page.getByRole('searchbox').press('Enter');
  await reader.readsHeading('“operatown”');
  await page.getByText('Price', { exact: true }).click();
  await reader.fill({ 'From $': '60' });
  await reader.press('Show tickets');
  await shows(page, ['Salome', 'Falstaff']);
  await reader.follow('Falstaff');
  await reader.readsHeading('Falstaff');
  for (const words of ['Semperoper', 'Parkett, row 4, seat 17', '$80.00', 'second </script> line'])
    await reader.reads(words);
  await page.context().close();
});

it('tells search engines what is for sale', async () => {
  const [ticket] = await seller.call<TicketBody[]>('GET', '/api/tickets?q=falstaff');
  const path = `/tickets/${ticket?.id}`;
  const { page } = visitor;
  await visitor.open(path);
  const address = system.url + path;
  expect(await page.title()).toBe('Falstaff, $80.00 – Ticketing');
  expect(await page.locator('link[rel="canonical"]').getAttribute('href')).toBe(address);
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '') as object;
  expect(data).toMatchObject({
    '@type': 'Event',
    name: 'Falstaff',
    description: 'First line\nsecond </script> line',
    startDate: expect.stringMatching(/T(19|20):00:00\+0[12]:00$/),
    offers: {
      '@type': 'Offer',
      price: '80.00',
      priceCurrency: 'USD',
      availability: 'https://schema.org/InStock',
      url: address,
    },
  });
  const picture = (await page.locator('meta[property="og:image"]').getAttribute('content')) ?? '';
  expect((await fetch(picture)).headers.get('content-type')).toBe('image/png');
  expect((await fetch(`${system.url}/tickets/${'0'.repeat(24)}`)).status).toBe(404);

  const robots = await (await fetch(`${system.url}/robots.txt`)).text();
  expect(robots).toContain('Disallow: /orders');
  const map = await (await fetch(/Sitemap: (.*)/.exec(robots)?.[1] ?? '')).text();
  expect(map).toContain(`<loc>${address}</loc>`);
});

const modes = [
  ['light', 'en-US'],
  ['dark', 'de-DE'],
] as const;
it.each(modes)('fits a phone and breaks no accessibility rule (%s, %s)', async (colorScheme, locale) => {
  const reader = await enter({ viewport: { width: 360, height: 740 }, colorScheme, locale });
  const { page } = reader;
  for (const path of [
    '/',
    '/?q=operatown&category=theatre&maxPrice=100',
    '/?q=nothing&category=sport',
    await pathOf('falstaff'),
  ]) {
    await reader.open(path);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await violationsIn(page)).toEqual([]);
  }
  await page.context().close();
});

const pathOf = async (words: string) =>
  `/tickets/${(await seller.call<TicketBody[]>('GET', `/api/tickets?q=${words}`))[0]?.id}`;

it.each(['en-US', 'de-DE'])('the footer links to every text page, each with its own content (%s)', async (language) => {
  const read = async (at: string) => {
    const answer = await fetch(system.url + at, { headers: { 'accept-language': language } });
    expect([at, answer.status]).toEqual([at, 200]);
    return answer.text();
  };
  const [footer = ''] = /<footer[\s\S]*<\/footer>/.exec(await read('/')) ?? [];
  const paths = [...footer.matchAll(/href="([^"]+)"/g)].map(([, at = '']) => at);
  const words = ['terms', 'privacy', 'imprint', 'cookies', 'how-it-works', 'fees', 'guarantee', 'help', 'contact'];
  expect([...paths].sort()).toEqual([...words, 'developers'].map((page) => `/${page}`).sort());
  const headings = await Promise.all(paths.map(async (at) => /<h1[^>]*>([^<]+)/.exec(await read(at))?.[1]));
  expect(headings).not.toContain(undefined);
  expect(new Set(headings).size).toBe(paths.length);
});
