import { invalidRequest } from './errors';
import type { Charge, Context, DomainEvent, Refund } from './objects';

export interface RefundRequest {
  /** Minor units; all that is left, if not given. */
  amount?: number;
  reason?: Refund['reason'];
  metadata?: Record<string, string>;
}

/** Gives captured money back (Stripe docs: "Create a refund"); more than is left is refused. */
export function refund(
  charge: Charge,
  request: RefundRequest,
  context: Context,
): { refund: Refund; charge: Charge; events: DomainEvent[] } {
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
  return { refund: made, charge: refunded, events: [{ type: 'charge.refunded', object: refunded }] };
}
