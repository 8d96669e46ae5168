import { batch, copy, each, endings, type Listeners } from '@ticketing/common';
import type { Operations } from './operations';
import { Users } from './store';

const users = copy<'user:created' | 'user:updated'>(Users, ({ confirmedAt, frozenAt, leaving }) => ({
  confirmedAt: confirmedAt ? new Date(confirmedAt) : null,
  frozenAt: frozenAt ? new Date(frozenAt) : null,
  leaving: leaving ?? null,
}));
const deleted = copy<'user:deleted'>(Users, () => ({ confirmedAt: null, frozenAt: null, leaving: null }));

export const listeners = (tickets: Operations): Listeners => ({
  'user:created': users,
  'user:updated': batch<'user:updated'>(async (events) => {
    await users.handle(events);
    await tickets.hearLeavers([...new Set(events.map(({ data }) => data.id))]);
    await tickets.followUsers(events);
  }),
  'user:deleted': each<'user:deleted'>(async (event) => {
    await deleted.handle([event]);
    await tickets.eraseSeller(event.data.id);
  }),
  'order:created': batch(tickets.follow),
  'order:completed': batch(tickets.follow),
  'order:cancelled': batch(tickets.follow),
  'order:refunded': batch(tickets.follow),
  'session:ended': endings,
});
