import { batch, copy, each, endings, type Listeners } from '@ticketing/common';
import type { Operations } from './operations';
import { letRest, wakeWithheld } from './checks';
import { Orders, Users } from './store';

type OrderSubject =
  | 'order:created'
  | 'order:awaiting-payment'
  | 'order:completed'
  | 'order:cancelled'
  | 'order:claimed'
  | 'order:released'
  | 'order:refunded';

const dateOf = (time: string | null) => (time === null ? null : new Date(time));
const users = copy<'user:created' | 'user:updated'>(Users, ({ email, confirmedAt, frozenAt }) => ({
  email,
  confirmedAt: dateOf(confirmedAt ?? null),
  frozenAt: dateOf(frozenAt ?? null),
}));
const orders = copy<OrderSubject>(Orders, ({ userId, status, expiresAt, ticket, claim, ...order }) => ({
  userId,
  sellerId: ticket.userId,
  ticketId: ticket.id,
  title: ticket.title,
  venue: ticket.venue,
  city: ticket.city,
  startsAt: dateOf(ticket.startsAt),
  completedAt: dateOf(order.completedAt),
  releaseAt: dateOf(order.releaseAt),
  releasedAt: dateOf(order.releasedAt),
  readAt: dateOf(order.readAt),
  usedAt: dateOf(order.usedAt),
  claim: claim?.status ?? null,
  status,
  expiresAt: new Date(expiresAt),
  price: ticket.price,
}));

export function listeners({ settle }: Pick<Operations, 'settle'>, now = () => new Date()): Listeners {
  /** What an order became decides over its money. */
  const settled = each<OrderSubject>(async (event) => {
    await orders.handle([event]);
    await settle(event.data.id, event);
  });
  return {
    'user:created': users,
    'user:updated': batch<'user:updated'>(async (events) => {
      await users.handle(events);
      const free = events.filter(({ data }) => !data.frozenAt).map(({ data }) => data.id);
      if (free.length > 0) await wakeWithheld(free, now());
    }),
    'session:ended': endings,
    'order:created': orders,
    'order:awaiting-payment': settled,
    'order:completed': batch<'order:completed'>(async (events) => {
      await orders.handle(events);
      await letRest(
        events.map(({ data }) => data.id),
        now(),
      );
    }),
    'order:cancelled': settled,
    'order:claimed': orders,
    'order:released': settled,
    'order:refunded': settled,
  };
}
