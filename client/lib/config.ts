/** Which service answers under `/api/…`, by the variable that may hold its own address. */
const ownAddress = {
  users: 'AUTH_URL',
  tickets: 'TICKETS_URL',
  orders: 'ORDERS_URL',
  payments: 'PAYMENTS_URL',
} as const;

/**
 * Where the API under a path like `/api/orders` answers, without a trailing path: its service's own address
 * (`ORDERS_URL`), else the proxy's or the ingress's (`API_URL`). Read at request time, so that one build serves
 * every environment. Throws where neither is set.
 */
export function apiUrl(path: string): string {
  const api = path.split(/[/?]/)[2] as keyof typeof ownAddress;
  const url = process.env[ownAddress[api]] || process.env.API_URL;
  if (!url) throw new Error('API_URL is not set: give it the address of the proxy, such as http://127.0.0.1:3000');
  return url;
}

/** Where the site is, without a slash at its end, if it is said: for the addresses that it gives to search engines. */
export const siteUrl = (): string | undefined => process.env.SITE_URL?.replace(/\/+$/, '') || undefined;

/** Whom to tell about a vulnerability: an address as `mailto:` or `https:`. */
export const securityContact = (): string | undefined => process.env.SECURITY_CONTACT || undefined;

/** Stripe's public key. Without one the order page offers the emulator's test cards. */
export const stripePublishableKey = (): string | undefined => process.env.STRIPE_PUBLISHABLE_KEY || undefined;

/** The currency of every price, in three letters in lower case: the page tells the browser what the server is told. */
export const currency = (): string =>
  (typeof document === 'undefined' ? process.env.CURRENCY : document.documentElement.dataset.currency) || 'usd';

/** Whether this is `next dev`. */
export const isDevelopment = (): boolean => process.env.NODE_ENV === 'development';
