import type { OrderBody, PaymentBody } from '@ticketing/common/contract';

/** An order and its payment, as they were at one moment of the API's clock (milliseconds since 1970). */
export interface Purchase {
  order: OrderBody;
  payment: PaymentBody | null;
  serverNow: number;
}

/**
 * What a buyer meets on the order page.
 * - `pay`: the ticket is held, and waits to be paid.
 * - `bank`: the bank wants the buyer's word.
 * - `settling`: paid, and on its way to complete.
 * - `releasing`: the time is up; the order is about to be cancelled.
 */
export type Stage = 'pay' | 'bank' | 'settling' | 'releasing' | 'complete' | 'cancelled';

/** Where a purchase stands at `now`, by the API's clock. */
export function stageOf({ order, payment }: Purchase, now: number): Stage {
  if (order.status === 'complete' || order.status === 'cancelled') return order.status;
  if (order.status === 'awaiting:payment') return 'settling';
  if (payment && ['pending', 'authorized', 'captured'].includes(payment.status)) return 'settling';
  if (now >= Date.parse(order.expiresAt)) return 'releasing';
  return payment?.status === 'requires_action' ? 'bank' : 'pay';
}

/** Whether a stage ends without the buyer's doing, so that the page has to ask the API for news. */
export const isMoving = (stage: Stage): boolean => ['bank', 'settling', 'releasing'].includes(stage);

/** The emulator's test cards. A token or a payment method, as POST /api/payments takes them. */
export const testCards = [
  { name: 'accepted', source: { token: 'tok_visa' } },
  { name: 'declined', source: { token: 'tok_chargeDeclined' } },
  { name: 'insufficientFunds', source: { token: 'tok_chargeDeclinedInsufficientFunds' } },
  { name: 'secure', source: { paymentMethodId: 'pm_card_authenticationRequired' } },
] as const;

/** What pays: a card's token or a Stripe payment method. */
export type PaymentSource = { token: string } | { paymentMethodId: string };

/** The bank's page, told to lead back to `here` (without its query), unless it already knows where to lead. */
export function bankPage(redirectUrl: string, here: string): string {
  const page = new URL(redirectUrl, here);
  const { origin, pathname } = new URL(here);
  if (!page.searchParams.has('return_url')) page.searchParams.set('return_url', origin + pathname);
  return page.href;
}
