import type { Context, DomainEvent } from '../domain/objects';
import type { WebhookEvent } from '../storage/state';

/** The version that stripe-node 23 asks for. */
const API_VERSION = '2026-10-28.endive';

/** The event as Stripe shows it (Stripe docs: "The Event object"). */
export function webhookEvent(
  { type, object }: DomainEvent,
  request: { id: string; idempotency_key: string | null },
  context: Context,
): WebhookEvent {
  return {
    id: context.newId('evt'),
    object: 'event',
    api_version: API_VERSION,
    created: context.now,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request,
    type,
  };
}
