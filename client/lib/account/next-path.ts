const base = 'http://site.invalid';

/**
 * The local path that `?next=` asks for. Anything that could lead to another site (`//evil`, `/\evil`, `https://evil`,
 * `/.//evil`) becomes the home page.
 */
export function safeNext(next: string | string[] | undefined): string {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, base)) return '/';
  const { origin, pathname, search, hash } = new URL(next, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : '/';
}

/** The sign-in page, which continues to the local path `next`. */
export const signInPath = (next: string): string => `/auth/signin?next=${encodeURIComponent(next)}`;

/** The sign-up page, which continues to the local path `next`. */
export const signUpPath = (next: string): string => `/auth/signup?next=${encodeURIComponent(next)}`;

/** The sign-in page, which says that the session has ended and returns to the local path `next`. */
export const sessionEndedPath = (next: string): string => `${signInPath(next)}&ended`;

/** The path to a ticket's checkout, for visitors who must sign in before it can be held. */
export const checkoutPath = (ticketId: string): string => `/orders/new?ticket=${encodeURIComponent(ticketId)}`;

/** The ticket whose checkout a local path leads to, if any. */
export function ticketOfCheckout(path: string): string | undefined {
  const { pathname, searchParams } = new URL(path, base);
  return pathname === '/orders/new' ? (searchParams.get('ticket') ?? undefined) : undefined;
}
