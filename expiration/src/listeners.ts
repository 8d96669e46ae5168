import { batch, each, type Listeners } from '@ticketing/common';
import type { Timers } from './queue';

export const listeners = (timers: Timers): Listeners => ({
  'order:created': batch((events) => timers.schedule(events)),
  'order:cancelled': each((event) => timers.cancel(event.data.id)),
});
