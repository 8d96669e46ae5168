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
const deleted = copy<'user:deleted'>(Users, () => ({ email: null, confirmedAt: null }));
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

type Heeding = Pick<Operations, 'settle' | 'askLeavers' | 'erasePerson'>;

export function listeners({ settle, askLeavers, erasePerson }: Heeding, now = () => new Date()): Listeners {
  /** An order's outcome decides what happens to its money. */
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
    'user:settled': batch<'user:settled'>((events) => askLeavers(events.map(({ data }) => data))),
    'user:deleted': each<'user:deleted'>(async (event) => {
      await deleted.handle([event]);
      await erasePerson(event.data.id);
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
