import fs from 'node:fs';
import type { Browser } from 'playwright-core';
import { eventually } from './eventually';
import { modes, visit, type Place } from './look';
import { Person } from './people';
import { watchRestarts } from './restarts';
import { System } from './stack';
import { openBrowser } from './visitor';

const list: Place = { name: 'broken', path: '/', status: 500, isPublic: true };

let system: System;
let browser: Browser;

beforeAll(async () => {
  [system, browser] = await Promise.all([System.start({ windowSeconds: 60 }), openBrowser()]);
});

afterEach(() => system.signal('tickets', 'SIGCONT'));
afterAll(() => browser.close());
afterAll(() => system.stop());

it.each(Object.keys(modes))('while the API does not respond, the page says so, with its status: %s', async (mode) => {
  const context = await browser.newContext({ baseURL: system.url, ...modes[mode] });
  system.signal('tickets', 'SIGSTOP');
  expect(await visit(await context.newPage(), mode, list)).toEqual([]);
  await context.close();
});

it('once the API is back, trying again loads the page', async () => {
  const page = await browser.newPage({ baseURL: system.url });
  page.setDefaultTimeout(60_000);
  system.signal('tickets', 'SIGSTOP');
  await page.goto('/');
  const again = page.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  system.signal('tickets', 'SIGCONT');
  await system.untilReady();
  await again.click();
  await page.getByRole('heading', { name: 'Tickets for sale' }).waitFor();
  await page.close();
});

it('catches up on what happened while the stream was cut', async () => {
  const [seller, buyer] = await Promise.all([Person.signUp(system.url), Person.signUp(system.url)]);
  const { id } = await seller.list('Missed nothing', 20);
  const page = await browser.newPage({ baseURL: system.url, locale: 'en-US' });
  await Promise.all([page.waitForResponse(/\/api\/tickets\/events/), page.goto('/?q=missed')]);
  const restarted = watchRestarts(system.data);
  expect(restarted()).toEqual([]);
  system.signal('tickets', 'SIGKILL');
  await buyer.hold(id);
  await page.getByText('Someone is checking out').first().waitFor({ timeout: 180_000 });
  await system.untilReady();
  // The fuzz program tells a restart from a fault in the same way.
  expect(restarted()).toEqual(['tickets']);
});

/** How many connections are open to a port of this machine (proc(5), "/proc/net/tcp"). */
const connectionsTo = (port: number) => {
  const [address, established] = [`:${port.toString(16).padStart(4, '0').toUpperCase()}`, '01'];
  const rows = fs.readFileSync('/proc/net/tcp', 'utf8').split('\n');
  return rows.map((row) => row.trim().split(/ +/)).filter((row) => row[2]?.endsWith(address) && row[3] === established)
    .length;
};

it('what pages ask for ends with their visitors, while another is still waiting', async () => {
  const open = () => connectionsTo(system.portOf('tickets'));
  const visit = (leaving?: AbortSignal) =>
    fetch(`${system.url}/?q=${Math.random()}`, { signal: leaving }).catch(() => undefined);
  system.signal('tickets', 'SIGSTOP');
  // A page asks two or three questions, and gives up after seconds: once more if the machine stalled for as long.
  await eventually(async () => {
    const stayed = visit().then(() => 'answered');
    await eventually(() => Promise.resolve(expect(open()).toBeGreaterThan(0)));
    const leaving = new AbortController();
    const left = Array.from({ length: 8 }, () => visit(leaving.signal));
    await eventually(() => Promise.resolve(expect(open()).toBeGreaterThan(12)));
    leaving.abort();
    await Promise.all(left);
    await eventually(() => Promise.resolve(expect(open()).toBeLessThan(6)));
    expect(await Promise.race([stayed, Promise.resolve('waiting')])).toBe('waiting');
  }, 120_000);
});
