import type { Charge, Context, Dispute } from './objects';

/** The cardholder tells their bank that a charge was none of theirs (Stripe docs: "How disputes work"). */
export const newDispute = (charge: Charge, context: Context): Dispute => ({
  id: context.newId('du'),
  object: 'dispute',
  amount: charge.amount_captured,
  balance_transactions: [],
  charge: charge.id,
  created: context.now,
  currency: charge.currency,
  is_charge_refundable: false,
  livemode: false,
  metadata: {},
  payment_intent: charge.payment_intent,
  reason: 'fraudulent',
  status: 'needs_response',
});
