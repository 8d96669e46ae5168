import { invalidRequest } from './errors';
import type { Charge, Context, DomainEvent, Refund } from './objects';

export interface RefundRequest {
  /** In minor units; default: all that is left. */
  amount?: number;
  reason?: Refund['reason'];
  metadata?: Record<string, string>;
}

/** Refunds captured money (Stripe docs: "Create a refund"); more than the remainder is refused. */
export function refund(
  charge: Charge,
  request: RefundRequest,
  context: Context,
  isDisputed = false,
): { refund: Refund; charge: Charge; events: DomainEvent[] } {
  if (isDisputed) {
    const message = `Charge ${charge.id} has been charged back; cannot issue a refund.`;
    throw invalidRequest(message, { code: 'charge_disputed' });
  }
  const left = charge.amount_captured - charge.amount_refunded;
  if (left <= 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
  const amount = request.amount ?? left;
  if (amount > left) {
    const message = `Refund amount (${String(amount)}) is greater than unrefunded amount on charge (${String(left)})`;
    throw invalidRequest(message, { param: 'amount' });
  }
  const refunded: Charge = {
    ...charge,
    amount_refunded: charge.amount_refunded + amount,
    refunded: amount === left,
  };
  const made: Refund = {
    id: context.newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: context.now,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata: request.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: request.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
  const events: DomainEvent[] = [
    { type: 'refund.created', object: made },
    { type: 'charge.refunded', object: refunded },
  ];
  return { refund: made, charge: refunded, events };
}

/** The bank returns a refund, days later: the money goes back to the balance (Stripe docs: "Failed refunds"). */
export function failRefund(refund: Refund, charge: Charge): { refund: Refund; charge: Charge; events: DomainEvent[] } {
  if (refund.status !== 'succeeded') throw invalidRequest(`Refund ${refund.id} has failed already.`);
  const failed: Refund = { ...refund, status: 'failed', failure_reason: 'expired_or_canceled_card' };
  return {
    refund: failed,
    charge: { ...charge, amount_refunded: charge.amount_refunded - refund.amount, refunded: false },
    events: [
      { type: 'refund.updated', object: failed },
      { type: 'refund.failed', object: failed },
    ],
  };
}
