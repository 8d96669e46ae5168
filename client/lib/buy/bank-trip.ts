/**
 * A buyer's way to their bank's page and back, which leaves pages in the tab's history that nobody should meet again.
 * So whoever is back is led to the entry that they left from: one step back from there leads out of the checkout.
 */
const KEY = 'bank';
/** Browsers keep as many entries and drop the oldest ones: then nobody can tell where the first page was. */
const MOST_ENTRIES = 50;

interface Trip {
  orderId: string;
  /** How many entries the history had up to the order's page. */
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
 * Notes that the page is left for the bank's.
 * @param above how many entries of the same page lie above its first one
 */
export function noteTrip(orderId: string, above: number): void {
  // A new entry ends whatever lies ahead, so that the history's length says where this one is.
  window.history.pushState(window.history.state, '');
  try {
    const trip: Trip = { orderId, entries: window.history.length - 1 - above };
    sessionStorage.setItem(KEY, JSON.stringify(trip));
  } catch {
    // Storage may be forbidden: then the way back leads over the bank's page.
  }
}

/** Takes the note away: the payment that the bank was asked about is not the last one any more. */
export function forgetTrip(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There is none, then.
  }
}

/** Whether the bank was asked about the last payment of an order. */
export const wasAtBank = (orderId: string): boolean => tripOf(orderId) !== undefined;

/** How many steps back the order's page was left, on the page that the bank has led to; 0 on any other. */
export function stepsToReturn(orderId: string): number {
  const isLanding = new URLSearchParams(window.location.search).has('redirect_status');
  const trip = isLanding ? tripOf(orderId) : undefined;
  const { length } = window.history;
  return trip && length < MOST_ENTRIES ? Math.max(0, length - trip.entries) : 0;
}
