import { OBJECT_ID } from '@ticketing/common';
import type { Finding } from './domain/audit';
import { read } from './auditStore';
import { Orders, Payments, readPayment, Sellers, trusted, Users } from './store';
import type { StoredOrder, StoredPayment, StoredSeller, StoredUser } from './store';
import { sellerOf, text } from './lookups';

/** The support desk's queries: never more than a page, each on an index. */

const [FOUND, QUEUED] = [20, 100];

const newest = (filter: object) =>
  Payments.find(filter, { outbox: 0, method: 0 }).sort({ _id: -1 }).limit(FOUND).lean<StoredPayment[]>();

/** Prefix of Stripe's ids → the payments they identify. */
const byStripe: Record<string, (id: string) => Promise<StoredPayment[]>> = {
  pi: (stripeId) => newest({ stripeId: text(stripeId) }),
  tr: (id) => newest({ 'payout.transferId': text(id) }),
  du: (disputeId) => newest({ disputeId: text(disputeId) }),
  dp: (disputeId) => newest({ disputeId: text(disputeId) }),
  async acct(accountId) {
    const seller = await sellerOf(accountId);
    return seller ? newest({ sellerId: text(seller._id.toString()) }) : [];
  },
};

const STRIPE_ID = /^(pi|tr|du|dp|acct)_\w{1,250}$/;

/** Ids of charges and refunds, which only Stripe can resolve. */
export const isOfIntent = (q: string) => /^(ch|re)_\w{1,250}$/.test(q);

/** The payments that an id identifies: of an order, a payment, a seller, or an object at Stripe. */
export async function findPayments(q: string): Promise<StoredPayment[]> {
  const [, kind] = STRIPE_ID.exec(q) ?? [];
  if (kind) return (await byStripe[kind]?.(q)) ?? [];
  if (!OBJECT_ID.test(q)) return [];
  const id = q.toLowerCase();
  const [ofOrder, own, ofSeller] = await Promise.all([
    readPayment(id),
    newest({ _id: id }),
    newest({ sellerId: text(id) }),
  ]);
  return [...(ofOrder ? [ofOrder] : []), ...own, ...ofSeller];
}

/** What is shown with a payment. */
export interface Around {
  order: StoredOrder | null;
  seller: StoredSeller | null;
  sellerFrozenAt: Date | null;
}

/** Payments with their orders and sellers. */
export async function withAround(payments: StoredPayment[]): Promise<(Around & { payment: StoredPayment })[]> {
  const among = (ids: (string | null)[]) => ({
    _id: trusted({ $in: ids.filter((id): id is string => id !== null && OBJECT_ID.test(id)) }),
  });
  const sellerIds = payments.map(({ sellerId }) => sellerId);
  const [orders, sellers, users] = await Promise.all([
    Orders.find(among(payments.map(({ orderId }) => orderId))).lean<StoredOrder[]>(),
    Sellers.find(among(sellerIds)).lean<StoredSeller[]>(),
    Users.find(among(sellerIds), { frozenAt: 1 }).lean<StoredUser[]>(),
  ]);
  const of = <T extends { _id: StoredPayment['_id'] }>(found: T[], id: string | null) =>
    found.find(({ _id }) => _id.toString() === id) ?? null;
  return payments.map((payment) => ({
    payment,
    order: of(orders, payment.orderId),
    seller: of(sellers, payment.sellerId),
    sellerFrozenAt: of(users, payment.sellerId)?.frozenAt ?? null,
  }));
}

/** Payments of standing sales whose payout Stripe refused or that is withheld, or that were partly refunded. */
export async function waitingForSomeone(): Promise<StoredPayment[]> {
  const stands = { status: 'captured', givingBack: trusted({ $ne: true }) };
  const list = (filter: object, by: string) =>
    Payments.find({ ...stands, ...filter }, { outbox: 0, method: 0 })
      .sort({ [by]: 1 })
      .limit(QUEUED)
      .lean<StoredPayment[]>();
  const lists = await Promise.all([
    list({ 'payout.status': 'failed' }, 'payout.at'),
    list({ 'payout.isWithheld': true }, 'payout.at'),
    list({ frozenAt: trusted({ $type: 'date' }) }, 'frozenAt'),
    list({ refunded: trusted({ $gt: 0 }) }, 'startedAt'),
  ]);
  const each = new Map(lists.flat().map((payment) => [payment.orderId, payment]));
  return [...each.values()].sort((one, other) => since(one) - since(other)).slice(0, QUEUED);
}

const since = ({ frozenAt, payout, startedAt }: StoredPayment) => (frozenAt ?? payout?.at ?? startedAt).getTime();

/** What the audit of all payments found, oldest first. */
export const readFindings = async (): Promise<Finding[]> =>
  ((await read()).findings ?? []).toSorted((one, other) => one.at.getTime() - other.at.getTime());
