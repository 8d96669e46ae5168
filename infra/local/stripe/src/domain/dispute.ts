import { invalidRequest } from './errors';
import type { Charge, Context, Dispute, DomainEvent } from './objects';

/** The cardholder disputes a charge with their bank (Stripe docs: "How disputes work"). */
export function dispute(charge: Charge, context: Context): { put: [Charge, Dispute]; events: DomainEvent[] } {
  const object: Dispute = {
    id: context.newId('du'),
    object: 'dispute',
    amount: charge.amount_captured,
    balance_transactions: [],
    charge: charge.id,
    created: context.now,
    currency: charge.currency,
    evidence: {},
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: 'fraudulent',
    status: 'needs_response',
  };
  const events = (['charge.dispute.created', 'charge.dispute.funds_withdrawn'] as const).map((type) => ({
    type,
    object,
  }));
  return { put: [{ ...charge, disputed: true }, object], events };
}

const OPEN = ['needs_response', 'under_review'];

export const isOpen = ({ status }: Dispute): boolean => OPEN.includes(status);

/** Whether the disputed amount is withdrawn, for now or for good. */
export const isWithdrawn = (made: Dispute): boolean => isOpen(made) || made.status === 'lost';

/** The platform's evidence (Stripe docs: "Update a dispute"); once submitted, it is final. */
export function answer(
  made: Dispute,
  evidence: Record<string, string>,
  submit: boolean,
): { dispute: Dispute; events: DomainEvent[] } {
  if (made.status !== 'needs_response') throw invalidRequest('This dispute can no longer be updated.');
  const dispute: Dispute = {
    ...made,
    evidence: { ...made.evidence, ...evidence },
    ...(submit && { status: 'under_review' }),
  };
  return { dispute, events: [{ type: 'charge.dispute.updated', object: dispute }] };
}

/** The bank has decided. */
export function close(made: Dispute, outcome: 'won' | 'lost'): { dispute: Dispute; events: DomainEvent[] } {
  if (!isOpen(made)) throw invalidRequest(`This dispute is already closed: ${made.status}.`);
  const dispute: Dispute = { ...made, status: outcome };
  const closed: DomainEvent = { type: 'charge.dispute.closed', object: dispute };
  const back: DomainEvent = { type: 'charge.dispute.funds_reinstated', object: dispute };
  return { dispute, events: outcome === 'won' ? [back, closed] : [closed] };
}
