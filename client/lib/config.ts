/** The service behind each `/api/…` path, by the variable that may contain its own address. */
const ownAddress = {
  users: 'AUTH_URL',
  tickets: 'TICKETS_URL',
  orders: 'ORDERS_URL',
  payments: 'PAYMENTS_URL',
} as const;

/**
 * The API's base URL for a path like `/api/orders`, without a trailing slash: the service's own address (`ORDERS_URL`),
 * otherwise the proxy's or the ingress's (`API_URL`). Read at request time, so that one build serves every environment.
 * Throws if neither is set.
 */
export function apiUrl(path: string): string {
  const api = path.split(/[/?]/)[2] as keyof typeof ownAddress;
  const url = process.env[ownAddress[api]] || process.env.API_URL;
  if (!url) throw new Error('API_URL is not set: give it the address of the proxy, such as http://127.0.0.1:3000');
  return url;
}

/** The site's URL without a trailing slash, if set: for search engines. */
export const siteUrl = (): string | undefined => process.env.SITE_URL?.replace(/\/+$/, '') || undefined;

/** Contact for reporting vulnerabilities, as `mailto:` or `https:`. */
export const securityContact = (): string | undefined => process.env.SECURITY_CONTACT || undefined;

/** Stripe's public key. Without one the order page offers the emulator's test cards. */
export const stripePublishableKey = (): string | undefined => process.env.STRIPE_PUBLISHABLE_KEY || undefined;

/** The currency of all prices (ISO 4217 in lower case), shared by server and browser. */
export const currency = (): string =>
  (typeof document === 'undefined' ? process.env.CURRENCY : document.documentElement.dataset.currency) || 'usd';

/** Whether this is `next dev`. */
export const isDevelopment = (): boolean => process.env.NODE_ENV === 'development';
