import type { SeenListing } from './seen-listing';

/**
 * The wish to buy a ticket, noted for this tab during sign-in. So checkout continues without another tap, yet nothing
 * is ever ordered just because a link was opened.
 */
const KEY = 'wish';

interface Wish {
  ticketId: string;
  /** What the visitor saw and agreed to, whatever the seller changes meanwhile. */
  seen: SeenListing;
}

/** Notes that the visitor asked for this ticket. Without storage they will be asked again. */
export function noteWish(ticketId: string, seen: SeenListing): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ticketId, seen } satisfies Wish));
  } catch {
    // Storage may be blocked.
  }
}

/** The listing as the visitor saw it when asking for this ticket, if they did; returned only once. */
export function takeWish(ticketId: string): SeenListing | undefined {
  try {
    const wish = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Wish | null;
    sessionStorage.removeItem(KEY);
    return wish?.ticketId === ticketId ? wish.seen : undefined;
  } catch {
    return undefined;
  }
}
