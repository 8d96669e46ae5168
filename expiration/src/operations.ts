import type { Publish } from '@ticketing/common';

/** Announces that an order's timer fired. Resolves once the event is stored. */
export const ring =
  (publish: Publish) =>
  ({ orderId, trace }: { orderId: string; trace: string }) =>
    publish({ subject: 'expiration:complete', data: { orderId } }, { aggregateId: orderId, trace });
