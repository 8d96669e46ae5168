import type { Context, DomainEvent, ThinEvent } from '../domain/objects';
import type { ThinWebhook, WebhookEvent } from '../storage/state';

/** The API version that stripe-node 23 requests. */
const API_VERSION = '2026-10-28.endive';

/** The event as Stripe shows it (Stripe docs: "The Event object"). */
export function webhookEvent(
  event: DomainEvent,
  request: { id: string; idempotency_key: string | null },
  context: Context,
): WebhookEvent {
  if (isOfAccount(event)) return thinEvent(event, context);
  const { type, object, account } = event;
  return {
    id: context.newId('evt'),
    object: 'event',
    ...(account !== undefined && { account }),
    api_version: API_VERSION,
    created: context.now,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request,
    type,
  };
}

const isOfAccount = (event: DomainEvent): event is ThinEvent => event.object.object === 'v2.core.account';

/** Stripe docs: "Thin events". */
const thinEvent = ({ type, object }: ThinEvent, context: Context): ThinWebhook => ({
  id: context.newId('evt'),
  object: 'v2.core.event',
  created: new Date(context.now * 1000).toISOString(),
  livemode: false,
  type,
  related_object: { id: object.id, type: object.object, url: `/v2/core/accounts/${object.id}` },
});

/** When it happened, in Unix seconds. */
export const createdAt = ({ created }: WebhookEvent): number =>
  typeof created === 'number' ? created : Date.parse(created) / 1000;

export const isThin = ({ object }: WebhookEvent): boolean => object === 'v2.core.event';
