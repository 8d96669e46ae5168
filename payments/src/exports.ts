import { exportOf, type ExportPart } from '@ticketing/common';
import { text } from './lookups';
import { Orders, Payments, Sellers, asId, type StoredOrder, type StoredPayment, trusted, Users } from './store';

const BATCH = 100;

/** Payments do not store the buyer: their orders do. */
const paid = [
  'orderId',
  'amount',
  'status',
  'attempt',
  'startedAt',
  'declined',
  'received',
  'refunded',
  'dispute',
] as const;
const sold = [
  'orderId',
  'ticketId',
  'title',
  'status',
  'received',
  'refunded',
  'disputed',
  'fee',
  'payout',
  'frozenAt',
] as const;
const own = 'of the charge; the buyer has it at Stripe';
const steps = 'how far we are with it';

const purchases: ExportPart = {
  name: 'payments',
  model: Payments,
  shown: paid,
  left: {
    ...{ method: "Stripe's name of a card", stripeId: own, clientSecret: 'a secret', redirectUrl: own, disputeId: own },
    ...{ cause: steps, refundPending: steps, givingBack: steps, toldAt: steps, checkAt: steps, isHinted: steps },
    sellerId: 'the seller, or the caller: see payouts',
    frozenAt: "the seller's: see payouts",
    ledger: 'our books, which follow from what is exported',
  },
  async *read(userId) {
    const projection = Object.fromEntries(paid.map((field) => [field, 1]));
    const read = async (orderIds: string[]) => {
      const found = await Payments.find({ orderId: trusted({ $in: orderIds }) }, projection).lean<StoredPayment[]>();
      return found.map(({ _id, ...payment }) => ({ id: _id, ...payment }));
    };
    let ids: string[] = [];
    for await (const { _id } of Orders.find({ userId }, { _id: 1 })
      .lean<StoredOrder[]>()
      .cursor({ batchSize: BATCH })) {
      if (ids.push(String(_id)) < BATCH) continue;
      yield* await read(ids);
      ids = [];
    }
    yield* await read(ids);
  },
};

/** The export of what payments holds about someone. */
export const held = [
  exportOf('account', Users, (id) => ({ _id: asId(id) }), ['email', 'confirmedAt', 'frozenAt']),
  purchases,
  exportOf('payouts', Payments, (sellerId) => ({ sellerId: text(sellerId) }), sold),
  exportOf(
    'seller',
    Sellers,
    (id) => ({ _id: asId(id) }),
    [
      ...(['accountId', 'isReady', 'isRefused', 'wants', 'currency', 'country', 'contactEmail'] as const),
      ...(['debts', 'settlements', 'payoutTo'] as const),
    ],
    {
      checkAt: 'when we check their account next',
      contactFor: 'a former accountId',
      answers: 'counts what Stripe answered',
    },
  ),
];

/** Collections without personal data, or only with data that is exported elsewhere. */
export const unnamed = {
  orders: 'copies of orders: see the export of orders',
  audits: 'sums over all payments',
  declines: 'limits: numbers under an account or a network, for an hour at most',
  audit: 'what the support desk did, and why: kept for good',
  deadletters: 'events that wait for an operator; those about someone go with their account',
  brokers: 'which broker store everything was published to',
  departed: 'ids of accounts that are deleted',
  endedsessions: 'which sessions are over: see the export of auth',
  leavers: "see leavingAt in the export of auth's account",
};
