import { batch, copy, each, endings, EventDetails, type Listeners } from '@ticketing/common';
import { withJournal } from './journal';
import type { Operations } from './operations';
import { Tickets } from './store';

const tickets = copy<'ticket:created' | 'ticket:updated'>(
  Tickets,
  ({
    title,
    description,
    price,
    userId,
    status,
    seq,
    edition,
    withdrawing,
    deliveredAt,
    deliverBy,
    missedAt,
    readAt,
    isRefunded,
    ...data
  }) => ({
    title,
    description,
    price,
    userId,
    ...EventDetails.parse(data),
    status,
    seq,
    edition,
    withdrawing,
    deliveredAt,
    deliverBy,
    missedAt,
    readAt,
    isRefunded: isRefunded ?? false,
  }),
);

export const listeners = (orders: Operations): Listeners => withJournal(heard(orders), orders.journal);

const heard = (orders: Operations): Listeners => ({
  'ticket:created': tickets,
  'ticket:updated': batch(async (events) => {
    await tickets.handle(events);
    await orders.confirm(events);
    await orders.followDeliveries(events);
    await orders.followErased(events);
  }),
  'payment:authorized': each((event) => orders.authorize(event.data.orderId, event)),
  'payment:created': each((event) => orders.complete(event.data.orderId, event)),
  'payment:failed': each((event) => orders.failPayment(event.data.orderId, event, event.data.cause)),
  'payment:refunded': each((event) => orders.refund(event.data.orderId, event, event.data.cause)),
  'expiration:complete': each((event) => orders.expire(event.data.orderId, event)),
  'user:delisted': batch<'user:delisted'>((events) => orders.askLeavers(events.map(({ data }) => data))),
  'user:deleted': each<'user:deleted'>(({ data }) => orders.erasePerson(data.id)),
  'session:ended': endings,
});
