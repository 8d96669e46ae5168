import { batch, copy, each, type Listeners } from '@ticketing/common';
import type { Operations } from './operations';
import { letRest, Orders, Users } from './store';

type OrderSubject =
  'order:created' | 'order:awaiting-payment' | 'order:completed' | 'order:cancelled' | 'order:refunded';

const users = copy<'user:created' | 'user:updated'>(Users, ({ email }) => ({ email }));
const orders = copy<OrderSubject>(Orders, ({ userId, status, expiresAt, ticket }) => ({
  userId,
  status,
  expiresAt: new Date(expiresAt),
  price: ticket.price,
}));

export function listeners({ settle }: Pick<Operations, 'settle'>): Listeners {
  /** An order's state decides about its money. */
  const settled = each<OrderSubject>(async (event) => {
    await orders.handle([event]);
    await settle(event.data.id, event);
  });
  return {
    'user:created': users,
    'user:updated': users,
    'order:created': orders,
    'order:awaiting-payment': settled,
    'order:completed': batch<'order:completed'>(async (events) => {
      await orders.handle(events);
      await letRest(
        events.map(({ data }) => data.id),
        new Date(),
      );
    }),
    'order:cancelled': settled,
    'order:refunded': settled,
  };
}
