/**
 * A buyer's trip to their bank's page and back leaves history entries that should not be revisited. So a returning
 * buyer is taken back to the entry they left from: going back once from there leaves the checkout.
 */
const KEY = 'bank';
/** Browsers keep this many entries and drop the oldest: after that the first page's position is unknown. */
const MOST_ENTRIES = 50;

interface Trip {
  orderId: string;
  /** The history length up to the order's page. */
  entries: number;
}

function tripOf(orderId: string): Trip | undefined {
  try {
    const trip = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Trip | null;
    return trip?.orderId === orderId ? trip : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Records that the visitor leaves for the bank's page.
 * @param above number of entries of the same page above its first one
 */
export function noteTrip(orderId: string, above: number): void {
  // A new entry discards forward entries, so that the history's length gives this entry's position.
  window.history.pushState(window.history.state, '');
  try {
    const trip: Trip = { orderId, entries: window.history.length - 1 - above };
    sessionStorage.setItem(KEY, JSON.stringify(trip));
  } catch {
    // Storage may be blocked: then going back passes the bank's page.
  }
}

/** Removes the record: the payment sent to the bank is no longer the latest. */
export function forgetTrip(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Then there is none.
  }
}

/** Whether the bank was asked to confirm an order's latest payment. */
export const wasAtBank = (orderId: string): boolean => tripOf(orderId) !== undefined;

/** On the page the bank returned to: number of steps back to the order's page; 0 on any other. */
export function stepsToReturn(orderId: string): number {
  const isLanding = new URLSearchParams(window.location.search).has('redirect_status');
  const trip = isLanding ? tripOf(orderId) : undefined;
  const { length } = window.history;
  return trip && length < MOST_ENTRIES ? Math.max(0, length - trip.entries) : 0;
}
