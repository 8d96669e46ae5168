import type { PaymentStatus } from '@ticketing/common/contract';

/**
 * A payment's double-entry lines. Amounts are in minor units and each account shows where money is: the buyer paid it
 * (negative), the marketplace's `fee` has it, the `seller` is owed it (negative: owes it), it is in their account at
 * `stripe`, it went back as a `refund`, a bank withdrew it in a `dispute`, and the rest is the `platform`'s gain or loss.
 */
export const accounts = ['buyer', 'platform', 'fee', 'seller', 'stripe', 'refund', 'dispute'] as const;
export type Account = (typeof accounts)[number];
export type Balances = Record<Account, number>;

export type LineKind =
  | 'captured'
  | 'disputed'
  | 'dispute-ended'
  | 'refunded'
  | 'refund-failed'
  | 'paid'
  | 'reversed'
  | 'undone'
  | 'settled'
  | 'owed'
  | 'carried';

export interface Line {
  at: Date;
  kind: LineKind;
  /** Changes to the accounts; they sum to 0. */
  entries: Partial<Balances>;
}

/** The payout of a seller's share of a sale. Amounts are in minor units. */
export interface Payout {
  status: 'due' | 'sending' | 'paid' | 'failed' | 'reversed';
  /** Amount to transfer: the share less `settled`. */
  amount: number;
  /** Amount kept from the share to settle the seller's debts. */
  settled: number;
  /** Amount of the transfer that was reversed. */
  reversed: number;
  /** Amount that could not be reversed: the seller's debt. */
  owed: number;
  accountId: string | null;
  /** Number of transfers requested: part of the idempotency key. A new one starts only once the last has failed. */
  attempt: number;
  transferId: string | null;
  /** Why it waits or failed: `account` (cannot receive money), `debts` (see `SETTLING`), or Stripe's error code. */
  reason: string | null;
  /** After a failure: when to try again. */
  retryAt: Date | null;
  /** Whether it is withheld because its seller is frozen. */
  isWithheld?: boolean;
  at: Date;
}

/** The reason while part of the share may be reserved for debts, but is not booked yet. */
export const SETTLING = 'debts';

/** The state of a payment that its ledger follows from. */
export interface Booked {
  status: PaymentStatus;
  received: number;
  refunded: number;
  /** Withdrawn by the buyer's bank. */
  disputed: number;
  /** Whether it must be refunded. */
  givingBack: boolean;
  fee: number | null;
  payout: {
    /** Transferred, if `transferId` is known. */
    amount: number;
    transferId: string | null;
    reversed?: number;
    settled?: number;
    owed?: number;
  } | null;
  ledger: Line[];
}

/** More lines than this are carried forward in one. */
const MAX_LINES = 40;

const nothing = (): Balances => ({ buyer: 0, platform: 0, fee: 0, seller: 0, stripe: 0, refund: 0, dispute: 0 });

/** Whether the sale is undone: its seller gets nothing. */
export const isUndone = ({ status, givingBack }: Pick<Booked, 'status' | 'givingBack'>): boolean =>
  status === 'refunded' || givingBack;

/** The seller's share of a sale that stands. */
export const shareOf = ({ received, fee }: Pick<Booked, 'received' | 'fee'>): number => received - (fee ?? 0);

/** The balances that the accounts must have, by the payment's state. */
export function balancesOf(payment: Booked): Balances {
  const { received, refunded, disputed, payout } = payment;
  const { reversed = 0, settled = 0, owed = 0 } = payout ?? {};
  const sent = payout?.transferId ? payout.amount : 0;
  const undone = isUndone(payment);
  const fee = undone ? 0 : (payment.fee ?? 0);
  const given = refunded + disputed;
  return {
    buyer: 0 - received,
    refund: refunded,
    dispute: disputed,
    fee,
    stripe: sent - reversed,
    // What was reversed by hand from a sale that stands is not owed again.
    seller: (undone ? reversed : received - fee) - sent - settled + owed,
    platform: settled - owed - given + (undone ? received : reversed),
  };
}

/** The accounts' balances, from the lines. */
export function sumsOf(ledger: Line[]): Balances {
  const sums = nothing();
  for (const { entries } of ledger) for (const account of accounts) sums[account] += entries[account] ?? 0;
  return sums;
}

/** The lines plus one that makes them match the payment's state; undefined if they already do. */
export function withLine(payment: Booked, now: Date): Line[] | undefined {
  const [sums, balances] = [sumsOf(payment.ledger), balancesOf(payment)];
  const change = nothing();
  for (const account of accounts) change[account] = balances[account] - sums[account];
  const entries = changesIn(change);
  if (Object.keys(entries).length === 0) return undefined;
  return bounded([...payment.ledger, { at: now, kind: kindOf(change), entries }]);
}

const changesIn = (balances: Balances): Partial<Balances> =>
  Object.fromEntries(Object.entries(balances).filter(([, amount]) => amount !== 0));

function kindOf({ buyer, dispute, refund, stripe, fee, platform }: Balances): LineKind {
  if (buyer !== 0) return 'captured';
  if (dispute !== 0) return dispute > 0 ? 'disputed' : 'dispute-ended';
  if (refund !== 0) return refund > 0 ? 'refunded' : 'refund-failed';
  if (stripe !== 0) return stripe > 0 ? 'paid' : 'reversed';
  if (fee !== 0) return 'undone';
  return platform > 0 ? 'settled' : 'owed';
}

function bounded(lines: Line[]): Line[] {
  const excess = lines.slice(0, Math.max(0, lines.length - MAX_LINES + 1));
  const last = excess.at(-1);
  if (!last || excess.length === 1) return lines;
  return [{ at: last.at, kind: 'carried', entries: changesIn(sumsOf(excess)) }, ...lines.slice(excess.length)];
}

/** What does not add up in a payment's ledger. */
export function faultsOf(payment: Booked): string[] {
  const total = (balances: Partial<Balances>) => Object.values(balances).reduce((sum, amount) => sum + amount, 0);
  const [sums, balances] = [sumsOf(payment.ledger), balancesOf(payment)];
  return [
    ...payment.ledger.flatMap(({ kind, entries }, index) =>
      total(entries) === 0 ? [] : [`line ${index} (${kind}) sums to ${total(entries)}`],
    ),
    ...accounts.flatMap((account) =>
      sums[account] === balances[account]
        ? []
        : [`${account} has ${sums[account]}, its state says ${balances[account]}`],
    ),
  ];
}
