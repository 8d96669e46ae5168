/**
 * The wish to buy a ticket, noted for this tab while its visitor signs in. So a checkout can be entered without
 * another tap, and yet nothing is ever ordered because a link was opened.
 */
const KEY = 'wish';

/** Notes that the visitor has asked for this ticket. Where the browser keeps nothing, they will be asked once more. */
export function noteWish(ticketId: string): void {
  try {
    sessionStorage.setItem(KEY, ticketId);
  } catch {
    // Storage may be forbidden.
  }
}

/** Whether the visitor has asked for this ticket; the answer is given once. */
export function takeWish(ticketId: string): boolean {
  try {
    const isWished = sessionStorage.getItem(KEY) === ticketId;
    sessionStorage.removeItem(KEY);
    return isWished;
  } catch {
    return false;
  }
}
