import type { OrderBody } from '@ticketing/common/contract';

/** The sections of "My orders", in display order. */
export const orderGroups = ['open', 'upcoming', 'past', 'cancelled'] as const;
export type OrderGroup = (typeof orderGroups)[number];

const begins = ({ ticket }: OrderBody) => (ticket.startsAt ? Date.parse(ticket.startsAt) : Infinity);
/** Ids start with their creation time in seconds. */
const newestFirst = (a: OrderBody, b: OrderBody) => (a.id < b.id ? 1 : -1);
const soonestFirst = (a: OrderBody, b: OrderBody) =>
  begins(a) === begins(b) ? newestFirst(a, b) : begins(a) - begins(b);

function groupOf(order: OrderBody, now: number): OrderGroup {
  if (order.status === 'cancelled' || order.status === 'refunded') return 'cancelled';
  if (order.status !== 'complete') return 'open';
  return begins(order) > now ? 'upcoming' : 'past';
}

/**
 * Groups a buyer's orders at `now` (milliseconds since 1970): unpaid; upcoming, next event first and those without a
 * date last; past, latest first; cancelled, latest first.
 */
export function groupOrders(orders: readonly OrderBody[], now: number): Record<OrderGroup, OrderBody[]> {
  const of = (group: OrderGroup) => orders.filter((order) => groupOf(order, now) === group);
  return {
    open: of('open').sort(newestFirst),
    upcoming: of('upcoming').sort(soonestFirst),
    past: of('past').sort((a, b) => soonestFirst(b, a)),
    cancelled: of('cancelled').sort(newestFirst),
  };
}
