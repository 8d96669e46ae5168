import { batch, endings, type Listeners } from '@ticketing/common';
import type { Operations } from './operations';

export const listeners = (tickets: Operations): Listeners => ({
  'order:created': batch(tickets.follow),
  'order:completed': batch(tickets.follow),
  'order:cancelled': batch(tickets.follow),
  'order:refunded': batch(tickets.follow),
  'session:ended': endings,
});
