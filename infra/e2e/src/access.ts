import type { ApiRoute } from '@ticketing/common/contract/openapi';

/** Who calls: someone without a session, one side of a sale, or someone else, perhaps from the support desk. */
export const roles = ['nobody', 'frozen', 'buyer', 'seller', 'other', 'staff', 'support'] as const;
export type Role = (typeof roles)[number];

/** Callers with no access at all: without a session, or with one of a frozen account. */
const outside: Role[] = ['nobody', 'frozen'];
const signedIn = roles.filter((role) => !outside.includes(role));

const everybody = [...roles];
/** Routes that need no session: public ones, and those that check a secret, a signature or a password instead. */
const open = [
  ...['post /api/users/signup', 'post /api/users/signin', 'post /api/users/signout', 'get /api/users/currentuser'],
  ...['post /api/users/confirm', 'post /api/users/undo', 'post /api/users/forgot', 'post /api/users/reset'],
  ...['get /api/users/unsubscribe', 'post /api/users/unsubscribe', 'get /api/users/{id}'],
  ...['post /api/users/passkeys/options', 'post /api/users/passkeys/signin'],
  ...['post /api/users/signin/options', 'post /api/users/signin/step'],
  ...['get /api/tickets', 'get /api/tickets/count', 'get /api/tickets/cities', 'get /api/tickets/events'],
  ...['get /api/tickets/{id}', 'get /api/tickets/sellers/{id}', 'post /api/tickets/{id}/report'],
  ...['get /api/orders/passes/{pass}', 'post /api/orders/passes/{pass}/use'],
  ...['get /api/payments/sellers/{id}', 'post /api/payments/webhook'],
];
/** What every user may do with their own data. */
const own = [
  ...['get /api/users/sessions', 'delete /api/users/sessions', 'get /api/users/me', 'put /api/users/me'],
  ...['put /api/users/me/subscription', 'post /api/users/me/confirmation', 'delete /api/users/me/pendingEmail'],
  ...[
    'put /api/users/me/name',
    'get /api/users/me/factors',
    'put /api/users/me/factors',
    'delete /api/users/me/factors',
  ],
  ...['post /api/users/me/proof/options', 'post /api/users/me/proof', 'post /api/users/me/passkeys/options'],
  ...['post /api/users/me/passkeys', 'post /api/users/me/app', 'put /api/users/me/app', 'delete /api/users/me/app'],
  ...[
    'get /api/users/me/export',
    'delete /api/users/me',
    'delete /api/users/me/leaving',
    'get /api/orders/leaving',
    'get /api/tickets/mine/export',
    'get /api/orders/export',
    'get /api/payments/export',
    'post /api/users/me/recovery-codes',
    'get /api/tickets/mine',
    'get /api/tickets/mine/totals',
    'post /api/tickets',
  ],
  ...['post /api/orders', 'get /api/orders', 'get /api/orders/sales', 'get /api/orders/sales/events'],
  ...['post /api/payments/seller', 'get /api/payments/seller', 'get /api/payments/payouts'],
];
/** Who may do what with the one sale that all of them name; the session and the passkey are the buyer's. */
const sides: Record<string, Role[]> = {
  'delete /api/users/sessions/{id}': ['buyer'],
  'put /api/users/me/passkeys/{id}': [],
  'delete /api/users/me/passkeys/{id}': [],
  'put /api/tickets/{id}': ['seller'],
  'delete /api/tickets/{id}': ['seller'],
  'put /api/tickets/{id}/delivery': ['seller'],
  'get /api/tickets/{id}/delivery': ['buyer', 'seller'],
  'post /api/tickets/{id}/delivery/uploads': ['seller'],
  'get /api/tickets/{id}/delivery/uploads/{uploadId}': ['seller'],
  'put /api/tickets/{id}/delivery/uploads/{uploadId}/parts/{part}': ['seller'],
  'post /api/tickets/{id}/delivery/uploads/{uploadId}/complete': ['seller'],
  'get /api/orders/{id}': ['buyer'],
  'get /api/orders/{id}/events': ['buyer'],
  'delete /api/orders/{id}': ['buyer'],
  'post /api/orders/{id}/claim': ['buyer'],
  'post /api/orders/{id}/claim/answer': ['seller'],
  'post /api/orders/{id}/refund': ['seller'],
  'post /api/payments': ['buyer'],
  'get /api/payments/{orderId}': ['buyer'],
};

const rules = new Map<string, Role[]>([
  ...open.map((route) => [route, everybody] as const),
  ...own.map((route) => [route, signedIn] as const),
  ...Object.entries(sides),
]);

export const nameOf = ({ method, path }: ApiRoute) => `${method} ${path}`;

/**
 * Who may use a route; all others are refused, and change nothing.
 * @throws Error for a route without a rule
 */
export function whoMay(route: ApiRoute): Role[] {
  const name = nameOf(route);
  if (/^\/api\/\w+\/support\//.test(route.path)) return ['support'];
  const may = rules.get(name);
  if (!may) throw new Error(`No rule says who may ${name}: add it to access.ts`);
  return may;
}

/** Rules of routes that no longer exist. */
export const unused = (routes: ApiRoute[]) => {
  const names = new Set(routes.map(nameOf));
  return [...rules.keys()].filter((name) => !names.has(name));
};

/** The refusal for whoever may not use a route, apart from 401 for those without a session. */
export const denials = [
  ...['support-only', 'listing-not-yours', 'order-not-yours'],
  ...['delivery-not-found', 'order-not-found', 'passkey-not-found', 'payment-not-found', 'session-not-found'],
  ...['ticket-not-found', 'upload-not-found'],
];
