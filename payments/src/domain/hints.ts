import type { PaymentStatus } from '@ticketing/common/contract';
import type { Payment } from './payment';
import { mayHold, type Outcome } from './settling';

/** What a webhook of Stripe's is about: a reason to look, and no more than that. */
export type Hint = IntentHint | { about: 'refund' | 'dispute'; stripeId: string };

/** A PaymentIntent, whose it is, and how far it had come when the webhook was made. */
export interface IntentHint {
  about: 'intent';
  stripeId: string;
  orderId: string;
  attempt: number;
  status: Outcome['status'];
}

/** A PaymentIntent never goes back: a hint that is behind what is known was overtaken. */
const progress: Record<PaymentStatus, number> = {
  pending: 0,
  declined: 1,
  requires_action: 1,
  authorized: 2,
  captured: 3,
  released: 3,
  refunded: 4,
};

/** Whether a hint tells something that is not known yet. While Stripe's answer is awaited, that answer will tell. */
export function isNews(payment: Payment, hint: Hint): boolean {
  if (hint.about !== 'intent') return payment.status === 'captured' || payment.status === 'refunded';
  if (payment.status === 'pending' || payment.status === 'released') return false;
  const [known, told] = [progress[payment.status], progress[hint.status]];
  return told > known || (told === known && hint.status !== payment.status);
}

/** Whether an intent is of an attempt that was replaced or given up: nothing may be held or kept by it. */
export const isStray = (payment: Payment, { attempt, stripeId }: Pick<IntentHint, 'attempt' | 'stripeId'>): boolean =>
  attempt !== payment.attempt || (payment.status !== 'pending' && payment.stripeId !== stripeId);

/** Whether a stray intent has to be undone. */
export const isHarmful = ({ status }: Pick<IntentHint, 'status'>): boolean =>
  mayHold({ status }) || status === 'captured';
