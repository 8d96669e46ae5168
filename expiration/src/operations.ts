import { randomUUID } from 'node:crypto';
import { type Bus, type Event } from '@ticketing/common';

/** Tells that the timer of an order rang. Resolves once the event is stored. */
export const ring =
  (bus: Bus) =>
  async ({ orderId, trace }: { orderId: string; trace: string }) => {
    const event: Event<'expiration:complete'> = {
      id: randomUUID(),
      subject: 'expiration:complete',
      aggregateId: orderId,
      version: 0,
      occurredAt: new Date().toISOString(),
      trace,
      data: { orderId },
    };
    await bus.publish(event.subject, JSON.stringify(event));
  };
