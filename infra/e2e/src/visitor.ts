import { findServer } from '@ticketing/local';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { eventually } from './eventually';
import { linkIn, type Mail } from './mailbox';
import { newEmail } from './people';

const QUIETLY = ['--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/**
 * A user's pages share a process, which after the first has their scripts compiled, and the browser's own work needs no further
 * processes: see decision 108.
 */
const FEW_PROCESSES = ['--renderer-process-limit=1', '--no-zygote', '--in-process-gpu'];
const PATIENCE_MS = 60_000;
const GLANCE_MS = 2_000;
const GLANCE_LENGTH = 1_000;

export async function openBrowser(): Promise<Browser> {
  const executablePath = await findServer('chromium');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...FEW_PROCESSES, ...QUIETLY] });
}

/** Waits until React has taken over an element: until then, a link or a form leads to a new document. */
export const untilHydrated = (part: Locator): Promise<void> =>
  eventually(async () => {
    const keys = await part.evaluate((element) => Object.keys(element as object));
    expect(keys).toContainEqual(expect.stringMatching(/^__reactProps/));
  });

/** A user with their own browser, who finds things by visible text. */
export class Visitor {
  /** The browser's uncaught errors. */
  readonly complaints: string[] = [];

  /** The API's refusals. */
  private readonly refusals: string[] = [];

  private constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('response', (answer) => {
      if (answer.status() >= 400) this.refusals.push(`${answer.status()} ${new URL(answer.url()).pathname}`);
    });
  }

  /** @param options the size of their window, their language, whether scripts run … */
  static async enter(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: url, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    const visitor = new Visitor(await context.newPage());
    await visitor.open('/');
    return visitor;
  }

  open = (path: string) => this.page.goto(path);

  /** Sends a request of theirs until it succeeds: the service may not have heard yet of what it is about. */
  post = <T>(path: string, data: object): Promise<T> =>
    eventually(async () => {
      const answer = await this.page.request.post(path, { data });
      if (!answer.ok()) throw new Error(`${path} responded with ${answer.status()}: ${await answer.text()}`);
      return (await answer.json()) as T;
    });

  follow = (link: string) => this.page.getByRole('link', { name: link }).first().click();
  press = (button: string) => this.page.getByRole('button', { name: button, exact: true }).click();
  choose = (option: string) => this.page.getByRole('radio', { name: option, exact: true }).check();

  /** Waits until a text is visible. */
  reads = (words: string | RegExp) => this.sees(this.page.getByText(words).first());
  readsHeading = (words: string) => this.sees(this.page.getByRole('heading', { name: words, exact: true }));
  /** Waits for a form's error message. */
  isTold = (words: string | RegExp) => this.sees(this.page.getByRole('alert').filter({ hasText: words }));
  /** Waits for a field's error message. */
  isToldAt = (field: string, words: string | RegExp) =>
    this.sees(
      this.page
        .locator('.field', { has: this.page.getByLabel(field, { exact: true }) })
        .locator('.invalid-feedback', { hasText: words }),
    );

  /** Waits until a part is visible; the error says what is visible instead. */
  private async sees(part: Locator): Promise<void> {
    try {
      await part.waitFor();
    } catch (error) {
      const words = await this.page.locator('body').innerText({ timeout: GLANCE_MS });
      const instead = [this.page.url(), words.slice(0, GLANCE_LENGTH), ...this.refusals, ...this.complaints].join('\n');
      throw new Error(`There is instead: ${instead}`, { cause: error });
    }
  }

  /** The list items that contain a text. */
  rows = (title: string) =>
    this.page.getByRole('listitem').filter({ has: this.page.locator('.row-title', { hasText: title }) });
  /** The list item that contains a text, once its tag shows a status. */
  row = (title: string, standing: string) =>
    this.rows(title).filter({ has: this.page.locator('.tag', { hasText: standing }) });

  /** Reloads the list until it has such an item. */
  async readsRow(title: string, standing: string): Promise<void> {
    await eventually(() =>
      this.row(title, standing)
        .waitFor({ timeout: GLANCE_MS })
        .catch(async (error: unknown) => {
          await this.page.reload();
          throw error;
        }),
    );
  }

  async fill(fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await this.page.getByLabel(label, { exact: true }).fill(value);
  }

  /** Blocks hydration until the returned function is called. */
  async holdScripts(): Promise<() => Promise<void>> {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await this.page.route('**/_next/static/**/*.js*', async (route) => {
      await released;
      await route.continue();
    });
    return async () => {
      release();
      await this.page.unrouteAll({ behavior: 'wait' });
    };
  }

  /** Fills in the sign-up page. */
  async signUp(email = newEmail()): Promise<void> {
    await this.readsHeading('Sign up');
    await this.fill({ Email: email, Password: 'correct horse battery' });
    await this.press('Sign up');
    await this.page.getByRole('link', { name: 'My orders' }).first().waitFor();
  }

  /** Opens the link of a message, and confirms an address there. */
  async confirm(mail: Mail): Promise<void> {
    await this.open(linkIn(mail));
    await this.press('Confirm my address');
    await this.readsHeading('Address confirmed');
  }

  /** Lists a ticket to be handed over later, and returns the path of its page. */
  async list(title: string, price: string): Promise<string> {
    await this.open('/tickets/new');
    await this.fill({ Title: title, Price: price });
    await this.choose("I'll send it later");
    await this.press('List ticket');
    await this.seesListing(title);
    return new URL(this.page.url()).pathname;
  }

  /** Goes from the page after listing to the ticket's own page. */
  async seesListing(title: string): Promise<void> {
    await this.readsHeading("You're live!");
    await this.follow('See your listing');
    await this.readsHeading(title);
  }

  /** Holds a ticket and returns the order's id. */
  async buy(ticket: string): Promise<string> {
    await this.open(ticket);
    await this.press('Buy ticket');
    await this.reads('Held for you:');
    return this.page.url().split('/').at(-1) ?? '';
  }

  async payWith(card: string): Promise<void> {
    await this.choose(card);
    await this.press('Pay now');
  }
}
