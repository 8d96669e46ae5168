import { invent } from './invent';
import type { Listing } from './listing';
import { priceIn, pricingOf } from './priceIn';
import { sellers } from './sellers';

const PASSWORD = 'demo-password';
const PROMOTER = 'promoter@example.com';
const AT_ONCE = 16;

/**
 * Adds sellers and their tickets to a running stack through its HTTP API; existing data is kept.
 * @param url the proxy's URL
 * @throws Error if a request is refused
 */
export async function fillIn(url: string): Promise<void> {
  for (const [email, listings] of Object.entries(sellers)) {
    const cookie = await signIn(url, email);
    const mine = await listingsOf(url, cookie);
    await listAll(
      url,
      cookie,
      listings
        .filter(({ title }) => !mine.some((ticket) => ticket.title === title))
        // So that a buyer sees what usually follows a purchase.
        .map((listing) => ({ ...listing, delivery: 'later' as const })),
    );
  }
}

/**
 * Lists that many generated tickets by one seller, unless that seller already has some.
 * @throws Error if a request is refused
 */
export async function fillMarket(url: string, count: number): Promise<void> {
  const cookie = await signIn(url, PROMOTER);
  if ((await listingsOf(url, cookie)).length === 0) await listAll(url, cookie, invent(count));
}

const listingsOf = (url: string, cookie: string) =>
  call(url, '/api/tickets/mine', { headers: { cookie } }) as Promise<{ title: string }[]>;

async function listAll(url: string, cookie: string, listings: Iterable<Listing>): Promise<void> {
  const [left, pricing] = [listings[Symbol.iterator](), await pricingOf(url)];
  const work = async () => {
    for (let next = left.next(); !next.done; next = left.next()) {
      const listing = { ...next.value, price: priceIn(pricing, next.value.price) };
      await call(url, '/api/tickets', post(listing, cookie));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function signIn(url: string, email: string): Promise<string> {
  const credentials = post({ email, password: PASSWORD });
  let response = await fetch(`${url}/api/users/signup`, credentials);
  if (!response.ok) response = await fetch(`${url}/api/users/signin`, credentials);
  if (!response.ok) throw new Error(`The demo's ${email} can neither sign up nor sign in: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

function post(body: object, cookie = ''): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body) };
}

async function call(url: string, path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url + path, init);
  if (!response.ok) throw new Error(`The demo's request to ${path} got ${response.status}: ${await response.text()}`);
  return response.json();
}
