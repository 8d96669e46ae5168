import type { OrderBody, OrderStatus, PaymentBody } from '@ticketing/common/contract';

/** An order and its payment at one moment of the API's time (milliseconds since 1970). */
export interface Purchase {
  order: OrderBody;
  payment: PaymentBody | null;
  serverNow: number;
}

/**
 * The stages of the order page.
 * - `pay`: the ticket is held and waiting for payment.
 * - `bank`: the bank asks the buyer to confirm.
 * - `settling`: paid, not yet complete.
 * - `releasing`: the time is up; the order is about to be cancelled.
 */
export type Stage = 'pay' | 'bank' | 'settling' | 'releasing' | 'complete' | 'cancelled' | 'refunded';

/** A purchase's stage at `now`, in the API's time. `isAsking`: a payment has been sent and not yet answered. */
export function stageOf({ order, payment }: Purchase, now: number, isAsking = false): Stage {
  if (isOver(order.status)) return order.status;
  if (order.status === 'awaiting:payment' || isAsking) return 'settling';
  if (payment && ['pending', 'authorized', 'captured'].includes(payment.status)) return 'settling';
  if (now >= Date.parse(order.expiresAt)) return 'releasing';
  return payment?.status === 'requires_action' ? 'bank' : 'pay';
}

/** Whether an order has ended. */
export const isOver = (status: OrderStatus): status is 'complete' | 'cancelled' | 'refunded' =>
  status === 'complete' || status === 'cancelled' || status === 'refunded';

/** Whether a stage ends without the buyer's action, so that the page has to poll. */
export const isMoving = (stage: Stage): boolean => ['bank', 'settling', 'releasing'].includes(stage);

/** The newer of two states of an order: updates may arrive late. */
export const newer = (known: OrderBody, heard: OrderBody): OrderBody => (heard.version > known.version ? heard : known);

/** Numbers requests to the API, whose responses may overtake each other. */
export class Questions {
  private asked = 0;
  private answered = 0;

  ask = (): number => ++this.asked;

  /** Whether to use the response to a request: not if a later one has already been answered. */
  takes(question: number): boolean {
    if (question < this.answered) return false;
    this.answered = question;
    return true;
  }
}

/** The steps between the tap on "Pay" and the ticket, in order. */
export const paySteps = ['asking', 'authorized', 'confirming', 'complete'] as const;
export type PayStep = (typeof paySteps)[number];

/** The current step of a payment. */
export function payStepOf({ order, payment }: Purchase): PayStep {
  if (order.status === 'complete') return 'complete';
  if (order.status === 'awaiting:payment') return 'confirming';
  return payment?.status === 'authorized' || payment?.status === 'captured' ? 'authorized' : 'asking';
}

const spokenMinutes = [5, 2, 1];
const MINUTE_MS = 60_000;

/** The minutes to announce when the time left falls from `before` to `left` (milliseconds), if any. */
export const minutesToSay = (before: number, left: number): number | undefined =>
  left > 0
    ? spokenMinutes.findLast((minutes) => before > minutes * MINUTE_MS && left <= minutes * MINUTE_MS)
    : undefined;

/** When an order was placed, in milliseconds since 1970: its id starts with the second. */
export const placedAt = ({ id }: Pick<OrderBody, 'id'>): number => parseInt(id.slice(0, 8), 16) * 1000;

/** The emulator's test cards, each a token or a payment method, as POST /api/payments accepts them. */
export const testCards = [
  { name: 'accepted', number: '4242 4242 4242 4242', source: { token: 'tok_visa' } },
  { name: 'declined', number: '4000 0000 0000 0002', source: { token: 'tok_chargeDeclined' } },
  {
    name: 'insufficientFunds',
    number: '4000 0000 0000 9995',
    source: { token: 'tok_chargeDeclinedInsufficientFunds' },
  },
  { name: 'secure', number: '4000 0025 0000 3155', source: { paymentMethodId: 'pm_card_authenticationRequired' } },
] as const;

/** A payment source: a card token or a Stripe payment method. */
export type PaymentSource = { token: string } | { paymentMethodId: string };

/** The URL of the bank's page, with `here` (without its query) as the return URL unless it already has one. */
export function bankPage(redirectUrl: string, here: string): string {
  const page = new URL(redirectUrl, here);
  const { origin, pathname } = new URL(here);
  if (!page.searchParams.has('return_url')) page.searchParams.set('return_url', origin + pathname);
  return page.href;
}
