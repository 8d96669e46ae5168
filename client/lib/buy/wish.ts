import type { SeenListing } from './seen-listing';

/**
 * The wish to buy a ticket, noted for this tab while its visitor signs in. So a checkout can be entered without
 * another tap, and yet nothing is ever ordered because a link was opened.
 */
const KEY = 'wish';

interface Wish {
  ticketId: string;
  /** What the visitor saw as they asked: they agreed to that, whatever its seller makes of it meanwhile. */
  seen: SeenListing;
}

/** Notes that the visitor has asked for this ticket. Where the browser keeps nothing, they will be asked once more. */
export function noteWish(ticketId: string, seen: SeenListing): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ticketId, seen } satisfies Wish));
  } catch {
    // Storage may be forbidden.
  }
}

/** The listing as the visitor saw it when they asked for this ticket, if they did; the answer is given once. */
export function takeWish(ticketId: string): SeenListing | undefined {
  try {
    const wish = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Wish | null;
    sessionStorage.removeItem(KEY);
    return wish?.ticketId === ticketId ? wish.seen : undefined;
  } catch {
    return undefined;
  }
}
