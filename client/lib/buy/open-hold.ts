import type { OrderBody } from '@ticketing/common/contract';

/** The visitor's unpaid held ticket, as last reported by its checkout or the API: for the header on other pages. */
export interface OpenHold {
  orderId: string;
  /** When its time is up on the browser's clock, in milliseconds since 1970. */
  until: number;
}

const KEY = 'hold';
/** The order whose checkout last reported that it is no longer open; `until`: how long the API may lag behind. */
const ENDED = 'hold-ended';
const BEHIND_MS = 60_000;
const CHANGED = 'hold-changed';

const isHold = (value: unknown): value is OpenHold =>
  typeof value === 'object' &&
  value !== null &&
  /^[0-9a-f]{24}$/.test(String((value as OpenHold).orderId)) &&
  Number.isFinite((value as OpenHold).until);

/** Parses a note read by `readHold`. */
export function holdIn(text: string | null): OpenHold | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isHold(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The current note; null if there is none or storage is unavailable. */
export const readHold = (): string | null => read(KEY);

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Notes an open hold, or removes this order's note. */
export function noteHold(orderId: string, until: number | undefined): void {
  try {
    if (until !== undefined) {
      localStorage.setItem(KEY, JSON.stringify({ orderId, until }));
      if (holdIn(read(ENDED))?.orderId === orderId) localStorage.removeItem(ENDED);
    } else if (holdIn(readHold())?.orderId === orderId) {
      localStorage.setItem(ENDED, JSON.stringify({ orderId, until: Date.now() + BEHIND_MS }));
      localStorage.removeItem(KEY);
    }
    window.dispatchEvent(new Event(CHANGED));
  } catch {
    // Storage may be blocked: then the header shows nothing.
  }
}

/** The open order that expires first; `date` is the API's time of the response. */
export function soonestOf(orders: readonly OrderBody[], date: number): { orderId: string; left: number } | undefined {
  const held = orders
    .filter(({ status }) => status === 'created')
    .map(({ id, expiresAt }) => ({ orderId: id, left: Date.parse(expiresAt) - date }))
    .filter(({ left }) => left > 0);
  return held.sort((one, other) => one.left - other.left)[0];
}

/**
 * Notes the API's open orders, unless a checkout has noted something since the request (`before`). An order that is being
 * paid counts as open until the event of its payment has arrived; if its checkout knows better, it is left out.
 * @returns whether to ask again, since the API is behind
 */
export function noteOrders(orders: readonly OrderBody[], date: number, before: string | null): boolean {
  if (readHold() !== before) return false;
  const ended = holdIn(read(ENDED));
  const isEnded = ({ id }: OrderBody) => id === ended?.orderId && Date.now() < ended.until;
  const soonest = soonestOf(
    orders.filter((order) => !isEnded(order)),
    date,
  );
  if (soonest) noteHold(soonest.orderId, Date.now() + soonest.left);
  else forget(KEY);
  return soonestOf(orders.filter(isEnded), date) !== undefined;
}

/** Removes the note, whichever order it belongs to. */
export function forgetHold(): void {
  forget(KEY);
  forget(ENDED);
}

function forget(key: string): void {
  try {
    localStorage.removeItem(key);
    window.dispatchEvent(new Event(CHANGED));
  } catch {
    // Storage may be blocked: then nothing was stored.
  }
}

/** Calls `onChange` when the note changes, in this tab or another, until the returned function is called. */
export function watchHold(onChange: () => void): () => void {
  window.addEventListener('storage', onChange);
  window.addEventListener(CHANGED, onChange);
  return () => {
    window.removeEventListener('storage', onChange);
    window.removeEventListener(CHANGED, onChange);
  };
}
