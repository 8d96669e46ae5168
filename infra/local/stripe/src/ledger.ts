import type { State } from './storage/state';

/** Money in minor units. What was authorised is held, captured or canceled; refunds come out of what was captured. */
export interface Sums {
  authorised: number;
  held: number;
  captured: number;
  canceled: number;
  refunded: number;
}

export interface LedgerEntry extends Sums {
  /** `metadata.orderId` of the intents; null for those without. */
  orderId: string | null;
  intents: { id: string; status: string }[];
}

export interface Ledger {
  totals: Sums & { intents: number };
  orders: LedgerEntry[];
}

const nothing = (): Sums => ({ authorised: 0, held: 0, captured: 0, canceled: 0, refunded: 0 });

/** Where each order's money is; only one order's, if given. */
export function ledger({ intents, charges, refunds }: State, orderId?: string): Ledger {
  const orders = new Map<string | null, LedgerEntry>();
  for (const { id, status, metadata } of intents.all()) {
    const order = metadata.orderId ?? null;
    if (orderId !== undefined && order !== orderId) continue;
    const entry = orders.get(order) ?? { orderId: order, intents: [], ...nothing() };
    orders.set(order, { ...entry, intents: [...entry.intents, { id, status }] });
  }
  const entryOf = (intentId: string | null) => orders.get(intents.get(intentId)?.metadata.orderId ?? null);

  for (const charge of charges.all()) {
    const entry = entryOf(charge.payment_intent);
    if (!entry || charge.status !== 'succeeded') continue;
    const held = intents.get(charge.payment_intent)?.status === 'requires_capture' ? charge.amount : 0;
    entry.authorised += charge.amount;
    entry.held += held;
    entry.captured += charge.amount_captured;
    entry.canceled += charge.amount - charge.amount_captured - held;
  }
  for (const refund of refunds.all()) {
    const entry = entryOf(refund.payment_intent);
    if (entry && refund.status === 'succeeded') entry.refunded += refund.amount;
  }

  const totals = { ...nothing(), intents: 0 };
  for (const entry of orders.values()) {
    totals.intents += entry.intents.length;
    for (const sum of ['authorised', 'held', 'captured', 'canceled', 'refunded'] as const) totals[sum] += entry[sum];
  }
  return { totals, orders: [...orders.values()] };
}
