import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { smallTargets, sticksOut } from './appearance';
import { violationsIn } from './axe';
import { screenshots } from './config';

const PATIENCE_MS = 60_000;
const calm = { reducedMotion: 'reduce', timezoneId: 'Europe/Berlin' } as const;
const phone = { width: 360, height: 740 };
const sizes = { phone, desktop: { width: 1280, height: 800 } };
const SIZES = ['phone', 'desktop'] as const;

/** Every page is checked light and dark, in English and German, small and large. */
export const modes: Record<string, BrowserContextOptions> = {
  'light-en': { ...calm, viewport: phone, hasTouch: true, colorScheme: 'light', locale: 'en-US' },
  'dark-de': { ...calm, viewport: phone, hasTouch: true, colorScheme: 'dark', locale: 'de-DE' },
};

/**
 * The size at which a mode gets a screenshot and the axe check, which cost most: each theme, language and size once. Width,
 * targets and language are checked in all four combinations.
 */
const thorough: Record<string, keyof typeof sizes> = { 'light-en': 'phone', 'dark-de': 'desktop' };

/** A page of the site, and the actions before it is checked. */
export interface Place {
  name: string;
  path: string;
  status?: number;
  /** Visited without an account. */
  isPublic?: boolean;
  /** Visited by someone at the support desk. */
  isAtDesk?: boolean;
  act?: (page: Page) => Promise<unknown>;
  /** The status of the API's refusal of these actions. */
  refusal?: number;
  /** The element that then covers the rest. */
  within?: string;
}

/** A page's problems at a size and in a theme; saves a screenshot if the check is thorough and a folder is set. */
async function faultsOf(page: Page, size: keyof typeof sizes, mode: string, { name, within }: Place) {
  await page.setViewportSize(sizes[size]);
  const language = await page.locator('html').getAttribute('lang');
  const isThorough = thorough[mode] === size;
  const faults = [
    ...(isThorough ? await violationsIn(page, within) : []),
    ...(await sticksOut(page)),
    ...(size === 'phone' ? await smallTargets(page) : []),
  ];
  if (!mode.endsWith(`-${language}`)) faults.push(`It is in ${language}`);
  if (isThorough && screenshots) {
    const picture = path.join(screenshots, `${name}-${size}-${mode}.png`);
    await page.screenshot({ path: picture, fullPage: true, caret: 'initial' });
  }
  return faults.map((fault) => `${name}, ${size}: ${fault}`);
}

/** React's error for a page that failed on the server. */
const FAILED = 'React error #441';

/** The browser's errors on a page, except for expected statuses. */
function complaintsOf(page: Page, { status = 200, refusal = status }: Place): string[] {
  const complaints: string[] = [];
  const words = [status, refusal].filter((expected) => expected >= 400).map((expected) => `status of ${expected}`);
  if (status >= 500) words.push(FAILED);
  page.on('pageerror', ({ message }) => {
    if (status < 500 || !message.includes(FAILED)) complaints.push(message);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !words.some((expected) => message.text().includes(expected)))
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  return complaints;
}

/** Checks a page and returns all its problems. */
export async function visit(window: Page, mode: string, place: Place): Promise<string[]> {
  const { name, path, status = 200, act } = place;
  // A window costs as much as its page; unsaved input in one may block leaving it.
  const page = act ? await window.context().newPage() : window;
  page.setDefaultTimeout(PATIENCE_MS);
  // A reused window keeps its last size: each resize lays a page out again.
  const order = page.viewportSize()?.width === phone.width ? SIZES : SIZES.toReversed();
  const complaints = complaintsOf(page, place);
  const answer = await page.goto(path, { waitUntil: 'load' });
  if (answer?.status() !== status) complaints.push(`The status is ${answer?.status()}`);
  await page.locator('main[tabindex] h1').first().waitFor();
  await untilAlive(page);
  await act?.(page);
  const faults: string[] = [];
  for (const size of order) faults.push(...(await faultsOf(page, size, mode, place)));
  page.removeAllListeners('pageerror').removeAllListeners('console');
  if (page !== window) await page.close();
  return [...faults, ...complaints.map((complaint) => `${name}: ${complaint}`)];
}

/** Waits until the page is interactive: every hydrated button is there. */
const untilAlive = (page: Page) =>
  page.locator('form:not(:has(fieldset:disabled)) [type=submit]:disabled').first().waitFor({ state: 'detached' });
