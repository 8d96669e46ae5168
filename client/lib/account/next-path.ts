const base = 'http://site.invalid';

/**
 * The local path that `?next=` asks to go on to. Whatever could lead a browser to another site
 * (`//evil`, `/\evil`, `https://evil`, `/.//evil`) becomes the home page.
 */
export function safeNext(next: string | string[] | undefined): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, base)) return '/';
  const { origin, pathname, search, hash } = new URL(next, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : '/';
}

/** The sign-in page, which leads on to the local path `next`. */
export const signInPath = (next: string): string => `/auth/signin?next=${encodeURIComponent(next)}`;

/** The sign-up page, which leads on to the local path `next`. */
export const signUpPath = (next: string): string => `/auth/signup?next=${encodeURIComponent(next)}`;

/** The sign-in page, which says that the session has ended and leads back to the local path `next`. */
export const sessionEndedPath = (next: string): string => `${signInPath(next)}&ended`;

/** The way into the checkout of a ticket, for who has to sign in before it can be held. */
export const checkoutPath = (ticketId: string): string => `/orders/new?ticket=${encodeURIComponent(ticketId)}`;

/** The ticket to whose checkout a local path leads, if it does. */
export function ticketOfCheckout(path: string): string | undefined {
  const { pathname, searchParams } = new URL(path, base);
  return pathname === '/orders/new' ? (searchParams.get('ticket') ?? undefined) : undefined;
}
