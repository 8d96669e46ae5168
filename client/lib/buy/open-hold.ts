import type { OrderBody } from '@ticketing/common/contract';

/** The visitor's unpaid held ticket, as last reported by its checkout or the API: for the header on other pages. */
export interface OpenHold {
  orderId: string;
  /** When its time is up by the browser's clock, in milliseconds since 1970. */
  until: number;
}

const KEY = 'hold';
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
export function readHold(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Notes an open hold, or removes this order's note. */
export function noteHold(orderId: string, until: number | undefined): void {
  try {
    if (until !== undefined) localStorage.setItem(KEY, JSON.stringify({ orderId, until }));
    else if (holdIn(readHold())?.orderId === orderId) localStorage.removeItem(KEY);
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

/** Notes the API's open orders, unless a checkout has noted something since the request (`before`). */
export function noteOrders(orders: readonly OrderBody[], date: number, before: string | null): void {
  if (readHold() !== before) return;
  const soonest = soonestOf(orders, date);
  if (soonest) noteHold(soonest.orderId, Date.now() + soonest.left);
  else forgetHold();
}

/** Removes the note, whichever order it belongs to. */
export const forgetHold = (): void => {
  noteHold(holdIn(readHold())?.orderId ?? '', undefined);
};

/** Calls `onChange` when the note changes, in this tab or another, until the returned function is called. */
export function watchHold(onChange: () => void): () => void {
  window.addEventListener('storage', onChange);
  window.addEventListener(CHANGED, onChange);
  return () => {
    window.removeEventListener('storage', onChange);
    window.removeEventListener(CHANGED, onChange);
  };
}
