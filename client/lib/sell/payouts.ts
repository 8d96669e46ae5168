import type { PayoutBody, RefundReason, SaleBody } from '@ticketing/common/contract';
import { feeOf, moneyOf } from '@ticketing/common/contract/money';
import { currency } from '@/lib/config';
import { readPrice } from '@/lib/price';

/** What a seller gets for a price as typed, and the marketplace's fee; undefined for anything else. */
export function shareOf(typed: string, feePercent: number): { fee: number; share: number } | undefined {
  const money = moneyOf(currency());
  const price = money.parse(readPrice(typed));
  if (price === undefined) return undefined;
  const fee = feeOf(price, feePercent, money);
  return { fee: money.toMajor(fee), share: money.toMajor(price - fee) };
}

/** Shares of sales, by the order's id. */
export type Payouts = Partial<Record<string, PayoutBody>>;

export const byOrder = (payouts: readonly PayoutBody[]): Payouts =>
  Object.fromEntries(payouts.map((payout) => [payout.orderId, payout]));

/** Whether payments or Stripe is processing a share: it changes soon, without an event. */
export const isMoving = ({ is }: SaleMoney): boolean => is === 'due' || is === 'sending';

/** What is known about a page of sales. */
export interface SeenSales {
  sales: readonly Pick<SaleBody, 'id' | 'version'>[];
  payouts: Payouts;
}

/** Whether the sales or their shares have changed since they were seen. */
export function haveChanged(seen: SeenSales, now: SeenSales): boolean {
  const versions = new Map(seen.sales.map(({ id, version }) => [id, version]));
  if (now.sales.some(({ id, version }) => version > (versions.get(id) ?? -1))) return true;
  return Object.entries(now.payouts).some(([id, share]) => JSON.stringify(share) !== JSON.stringify(seen.payouts[id]));
}

/**
 * What happens to a sale's money.
 * - `release`: due at a time; `due`: that time has come; `unknown`: payments does not say
 * - `handover`: nothing, unless the seller hands the ticket over by a time
 * - `claim`: the seller has to answer by a time; `decision`: a person will decide; `dispute`: the buyer's bank will
 * - `account`: the seller's account cannot take it; `refused`: Stripe refused, and is tried again
 * - `withheld`: the support desk is reviewing it
 */
export type SaleMoney =
  | { is: 'paid'; at: string | null }
  | { is: 'sending' | 'due' | 'decision' | 'dispute' | 'account' | 'withheld' | 'unknown' }
  | { is: 'release' | 'claim' | 'handover'; at: string }
  | { is: 'refused'; code: string | null }
  | { is: 'refunded'; reason: RefundReason | null };

type Sale = Pick<SaleBody, 'status' | 'reason' | 'claim' | 'deliverBy' | 'releaseAt' | 'releasedAt'>;

/**
 * @param sale from orders, or undefined where only its payout is known
 * @param payout from payments, or undefined if it does not respond or does not know of it yet
 * @param now milliseconds since 1970
 */
export function moneyOfSale(sale: Sale | undefined, payout: PayoutBody | undefined, now: number): SaleMoney {
  if (sale?.status === 'refunded') return { is: 'refunded', reason: sale.reason as RefundReason | null };
  if (payout?.status === 'void' || payout?.status === 'reversed') return { is: 'refunded', reason: null };
  if (payout?.status === 'paid') return { is: 'paid', at: payout.paidAt };
  if (payout?.status === 'sending') return { is: 'sending' };
  if (sale?.claim?.status === 'open') return { is: 'claim', at: sale.claim.answerBy };
  if (sale?.claim?.status === 'answered') return { is: 'decision' };
  if (payout?.wait === 'claim') return { is: 'decision' };
  if (payout?.wait === 'refused') return { is: 'refused', code: payout.refusal };
  if (payout?.wait === 'dispute' || payout?.wait === 'account' || payout?.wait === 'withheld')
    return { is: payout.wait };
  const releaseAt = sale?.releaseAt ?? payout?.releaseAt;
  if (sale?.deliverBy && !sale.releasedAt) return { is: 'handover', at: sale.deliverBy };
  if (releaseAt && Date.parse(releaseAt) > now && !sale?.releasedAt) return { is: 'release', at: releaseAt };
  return { is: payout ? 'due' : 'unknown' };
}

/** How urgent it looks: good news, something to do, or neither. */
export function toneOf({ is }: SaleMoney): 'good' | 'open' | 'over' {
  if (is === 'paid' || is === 'sending') return 'good';
  return is === 'claim' || is === 'handover' || is === 'account' || is === 'refused' ? 'open' : 'over';
}

/** Whether a seller may give the money back. */
export const canRefund = ({ status, releasedAt }: Pick<SaleBody, 'status' | 'releasedAt'>): boolean =>
  status === 'complete' && !releasedAt;

/** Parts of the names of Stripe's requirements, most specific first, and our names for them. */
const wants = [
  ['bank', /outbound_destination|external_account|bank/],
  ['document', /document|verification/],
  ['birth', /date_of_birth|dob/],
  ['address', /address/],
  ['idNumber', /id_number|ssn|tax/],
  ['name', /given_name|surname|first_name|last_name|\bname/],
  ['phone', /phone/],
  ['email', /email/],
  ['terms', /terms|tos_|attestation/],
] as const;
export type Want = (typeof wants)[number][0];

/** What Stripe still wants, each thing once; in Stripe's words where we have none. */
export const wantsOf = (names: readonly string[]): (Want | { other: string })[] => {
  const known = names.map((name) => wants.find(([, pattern]) => pattern.test(name))?.[0] ?? name);
  const called = (name: string): name is Want => wants.some(([want]) => want === name);
  return [...new Set(known)].map((name) => (called(name) ? name : { other: name }));
};
