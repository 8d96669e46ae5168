import { faultsOf, SETTLING, sumsOf } from './ledger';
import { isAtBank, type Order, type Payment } from './payment';
import { payoutRests } from './payout';
import { rests } from './settling';

/** A payment's money at Stripe, in minor units. */
export interface Truth {
  received: number;
  refunded: number;
  disputed: number;
  /** In the seller's account, from all transfers of the order. */
  transferred: number;
}

/** A payment that does not add up: since when, and what was wrong at the last check. */
export interface Finding {
  orderId: string;
  problem: string;
  at: Date;
}

const DAY = 86_400_000;
/** How long after its last line a payment is compared with Stripe. */
const FRESH = 14 * DAY;

const isOlder = (time: Date | undefined, age: number, now: Date) =>
  time !== undefined && now.getTime() - time.getTime() > age;

/** Whether to compare a payment with Stripe: it is settled, and had recent changes. */
export const isComparable = ({ checkAt, stripeId, ledger }: Payment, now: Date): boolean =>
  !checkAt && stripeId !== null && ledger.length > 0 && !isOlder(ledger.at(-1)?.at, FRESH, now);

/** Where the ledger and Stripe differ. */
export function differences({ ledger }: Payment, truth: Truth): string[] {
  const { buyer, refund, dispute, stripe } = sumsOf(ledger);
  const compared = {
    received: [0 - buyer, truth.received],
    refunded: [refund, truth.refunded],
    disputed: [dispute, truth.disputed],
    transferred: [stripe, truth.transferred],
  };
  return Object.entries(compared).flatMap(([what, [ours, theirs]]) =>
    ours === theirs ? [] : [`${what}: ${ours} in the ledger, ${theirs} at Stripe`],
  );
}

/** Whether a payment is settled that should not be: nothing would resume it. */
export const isStuck = (payment: Payment, order: Order): boolean =>
  !payment.checkAt && !(rests(payment, order) && payoutRests(payment, order));

/** A seller's debts and what settles them, by order. */
export interface Debtor {
  debts?: { orderId: string; amount: number }[];
  settlements?: { orderId: string; amount: number }[];
}

/** The differences between a settled payment and its seller's document. */
export function debtProblems(
  { orderId, checkAt, payout }: Payment,
  { debts = [], settlements = [] }: Debtor,
): string[] {
  // One frozen in the middle of settling a debt continues with it later.
  if (checkAt || payout?.reason === SETTLING) return [];
  const sumOf = (items: { orderId: string; amount: number }[]) =>
    items.reduce((sum, item) => (item.orderId === orderId ? sum + item.amount : sum), 0);
  const compared = {
    owed: [payout?.owed ?? 0, sumOf(debts)],
    settled: [payout?.settled ?? 0, sumOf(settlements)],
  };
  return Object.entries(compared).flatMap(([what, [here, there]]) =>
    here === there ? [] : [`${what}: ${here} in the payment, ${there} in its seller's document`],
  );
}

/** What is wrong with a payment on its own: it does not add up, or has not been settled for a day. */
export function problemsOf(payment: Payment, now: Date): string[] {
  const { status, startedAt, payout, givingBack, ledger } = payment;
  const isHeld = status === 'pending' || status === 'requires_action' || status === 'authorized';
  const isRefunding = status === 'captured' && givingBack && !isAtBank(payment);
  return [
    ...faultsOf(payment),
    ...(isHeld && isOlder(startedAt, DAY, now) ? [`it has been ${status} for a day`] : []),
    ...(payout?.status === 'sending' && isOlder(payout.at, DAY, now) ? ['a transfer is not known for a day'] : []),
    ...(isRefunding && isOlder(ledger.at(-1)?.at, DAY, now) ? ['a refund has not been made for a day'] : []),
  ];
}
