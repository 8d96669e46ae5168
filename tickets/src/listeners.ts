import { batch, copy, endings, type Listeners } from '@ticketing/common';
import type { Operations } from './operations';
import { Users } from './store';

const users = copy<'user:created' | 'user:updated'>(Users, ({ confirmedAt, frozenAt }) => ({
  confirmedAt: confirmedAt ? new Date(confirmedAt) : null,
  frozenAt: frozenAt ? new Date(frozenAt) : null,
}));

export const listeners = (tickets: Operations): Listeners => ({
  'user:created': users,
  'user:updated': batch(async (events) => {
    await users.handle(events);
    await tickets.followUsers(events);
  }),
  'order:created': batch(tickets.follow),
  'order:completed': batch(tickets.follow),
  'order:cancelled': batch(tickets.follow),
  'order:refunded': batch(tickets.follow),
  'session:ended': endings,
});
