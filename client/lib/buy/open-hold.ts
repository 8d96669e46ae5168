import type { OrderBody } from '@ticketing/common/contract';

/** The ticket that the visitor holds and has not paid, as its checkout or the API last told: for the header of other pages. */
export interface OpenHold {
  orderId: string;
  /** When its time is up by this browser's clock, in milliseconds since 1970. */
  until: number;
}

const KEY = 'hold';
const CHANGED = 'hold-changed';

const isHold = (value: unknown): value is OpenHold =>
  typeof value === 'object' &&
  value !== null &&
  /^[0-9a-f]{24}$/.test(String((value as OpenHold).orderId)) &&
  Number.isFinite((value as OpenHold).until);

/** What is noted in `text`, as `readHold` found it. */
export function holdIn(text: string | null): OpenHold | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isHold(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The note as it stands; null where there is none, or where the browser keeps nothing. */
export function readHold(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Notes an open hold, or takes away the note of this order. */
export function noteHold(orderId: string, until: number | undefined): void {
  try {
    if (until !== undefined) localStorage.setItem(KEY, JSON.stringify({ orderId, until }));
    else if (holdIn(readHold())?.orderId === orderId) localStorage.removeItem(KEY);
    window.dispatchEvent(new Event(CHANGED));
  } catch {
    // Storage may be forbidden: then the header says nothing.
  }
}

/** Of the visitor's open orders, the one that runs out first; `date` is the API's clock as it told of them. */
export function soonestOf(orders: readonly OrderBody[], date: number): { orderId: string; left: number } | undefined {
  const held = orders
    .filter(({ status }) => status === 'created')
    .map(({ id, expiresAt }) => ({ orderId: id, left: Date.parse(expiresAt) - date }))
    .filter(({ left }) => left > 0);
  return held.sort((one, other) => one.left - other.left)[0];
}

/** Notes what the API tells of open orders, unless a checkout has noted something since it was asked (`before`). */
export function noteOrders(orders: readonly OrderBody[], date: number, before: string | null): void {
  if (readHold() !== before) return;
  const soonest = soonestOf(orders, date);
  if (soonest) noteHold(soonest.orderId, Date.now() + soonest.left);
  else forgetHold();
}

/** Takes the note away, whosever it is. */
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
