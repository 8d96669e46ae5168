import { OBJECT_ID, Refusal } from '@ticketing/common';
import type Stripe from 'stripe';
import { outcomeOf } from './answers';
import type { ChargeHint, Hint, IntentHint } from './domain/hints';

/** The subjects of Stripe's webhooks. */

/** Events that add nothing to another one. */
const SILENT = new Set(['payment_intent.created', 'transfer.created']);

function signed<T>(verify: () => T): T {
  try {
    return verify();
  } catch {
    throw new Refusal('webhook-signature');
  }
}

/** The subject of a webhook, if it may concern one of our payments. Throws if Stripe did not sign it. */
export function hintOf(verify: () => Stripe.Event): Hint | undefined {
  const event = signed(verify);
  if (SILENT.has(event.type)) return undefined;
  if (event.type.startsWith('account.'))
    return event.account === undefined ? undefined : { about: 'account', accountId: event.account };
  const { object } = event.data;
  switch (object.object) {
    case 'payment_intent':
      return hintOfIntent(object);
    case 'refund': {
      const hint = ofCharge(object.payment_intent);
      return hint && { ...hint, ...(event.type === 'refund.failed' && { isRejected: true as const }) };
    }
    case 'dispute':
      return ofCharge(object.payment_intent);
    case 'charge':
      return event.type === 'charge.refunded' ? ofCharge(object.payment_intent) : undefined;
    case 'transfer':
      return OBJECT_ID.test(object.metadata.orderId ?? '')
        ? { about: 'transfer', orderId: object.metadata.orderId ?? '' }
        : undefined;
    default:
      return undefined;
  }
}

/** An intent as the subject of a hint, if it is one of ours. */
export function hintOfIntent(intent: Stripe.PaymentIntent): IntentHint | undefined {
  const { orderId, attempt } = intent.metadata;
  if (!orderId || !/^\d+$/.test(attempt ?? '')) return undefined;
  const { stripeId, status } = outcomeOf(intent);
  return { about: 'intent', stripeId: stripeId ?? '', orderId, attempt: Number(attempt), status };
}

const ofCharge = (intent: string | Stripe.PaymentIntent | null): ChargeHint | undefined =>
  intent ? { about: 'charge', stripeId: typeof intent === 'string' ? intent : intent.id } : undefined;

/** The account that a thin event names. Throws if Stripe did not sign it. */
export function accountHintOf(verify: () => Stripe.V2.Core.EventNotification): Hint | undefined {
  const event = signed(verify);
  const related = 'related_object' in event ? event.related_object : null;
  if (!event.type.startsWith('v2.core.account') || !related || !('id' in related)) return undefined;
  return { about: 'account', accountId: String(related.id) };
}

/** Events of API v2 only reference their object. */
const isThin = (body: Buffer) => body.includes('"v2.core.event"');

/**
 * Reads webhooks signed with one of the secrets: Stripe has one for each destination. Their content is not trusted.
 * @param now determines the age of a signature: with a wrong machine clock, every one would be too old
 */
export const webhookReader =
  (stripe: Stripe, secrets: string[], now: () => Date) => (given: Buffer | undefined, signature: string) => {
    const body = given ?? Buffer.alloc(0);
    const at = [undefined, undefined, now().getTime()] as const;
    /** The result with the first secret that fits; throws what the last one throws. */
    const verified = <T>(verify: (secret: string) => T, [secret = '', ...others]: string[] = secrets): T => {
      try {
        return verify(secret);
      } catch (error) {
        if (others.length === 0) throw error;
        return verified(verify, others);
      }
    };
    return isThin(body)
      ? accountHintOf(() => verified((secret) => stripe.parseEventNotification(body, signature, secret, ...at)))
      : hintOf(() => verified((secret) => stripe.webhooks.constructEvent(body, signature, secret, ...at)));
  };
