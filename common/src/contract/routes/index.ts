import { deliveries } from './deliveries';
import { factors } from './factors';
import { orders } from './orders';
import { payments } from './payments';
import type { ApiRoute } from './route';
import { supportOfPayments } from './support/payments';
import { supportOfPeople } from './support/people';
import { supportOfOrders } from './support/orders';
import { supportOfServices } from './support/service';
import { supportOfTickets } from './support/tickets';
import { tickets } from './tickets';
import { users } from './users';

export { codesOf, type ApiRoute } from './route';

/** The HTTP API: every route, its input, and all its possible responses. */
export const apiRoutes: ApiRoute[] = [
  ...users,
  ...factors,
  ...tickets,
  ...deliveries,
  ...orders,
  ...payments,
  ...supportOfServices,
  ...supportOfPeople,
  ...supportOfPayments,
  ...supportOfTickets,
  ...supportOfOrders,
];
