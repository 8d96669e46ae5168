import { orders } from './orders';
import { payments } from './payments';
import type { ApiRoute } from './route';
import { tickets } from './tickets';
import { users } from './users';

export { codesOf, type ApiRoute } from './route';

/** The HTTP API: every route, what it takes, and everything that it may answer. */
export const apiRoutes: ApiRoute[] = [...users, ...tickets, ...orders, ...payments];
