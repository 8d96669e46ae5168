import type { PaymentStatus } from '@ticketing/common/contract';
import type { Payment } from './payment';
import { mayHold, type Outcome } from './settling';

/** The subject of a Stripe webhook: a reason to check, nothing more. */
export type Hint = PaymentHint | { about: 'account'; accountId: string };

export type PaymentHint = IntentHint | ChargeHint | { about: 'transfer'; orderId: string };

/** An intent whose charge was refunded or disputed, or whose refund its bank has rejected. */
export interface ChargeHint {
  about: 'charge';
  stripeId: string;
  isRejected?: true;
}

/** A PaymentIntent, its owner, and its state when the webhook was created. */
export interface IntentHint {
  about: 'intent';
  stripeId: string;
  orderId: string;
  attempt: number;
  status: Outcome['status'];
}

/** A PaymentIntent never moves backwards: a hint behind the known state is outdated. */
const progress: Record<PaymentStatus, number> = {
  pending: 0,
  declined: 1,
  requires_action: 1,
  authorized: 2,
  captured: 3,
  released: 3,
  refunded: 4,
};

/** Whether a hint contains news. While a Stripe call is in progress, its response decides. */
export function isNews(payment: Payment, hint: PaymentHint): boolean {
  if (hint.about === 'transfer') return payment.payout !== null;
  if (hint.about === 'charge') return payment.status === 'captured' || payment.status === 'refunded';
  if (payment.status === 'pending' || payment.status === 'released') return false;
  const [known, told] = [progress[payment.status], progress[hint.status]];
  return told > known || (told === known && hint.status !== payment.status);
}

/** Whether an intent belongs to a replaced or abandoned attempt: it must not hold or keep any money. */
export const isStray = (payment: Payment, { attempt, stripeId }: Pick<IntentHint, 'attempt' | 'stripeId'>): boolean =>
  attempt !== payment.attempt || (payment.status !== 'pending' && payment.stripeId !== stripeId);

/** Whether a stray intent must be undone. */
export const isHarmful = ({ status }: Pick<IntentHint, 'status'>): boolean =>
  mayHold({ status }) || status === 'captured';
