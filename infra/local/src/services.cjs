// Plain JavaScript: lint and workflows read it before anything is compiled.

/**
 * @typedef {object} Service
 * @property {string[]} routes prefixes of the paths routed to it; without any, it serves only its health checks
 * @property {('mongo' | 'redis' | 'stripe' | 'smtp')[]} needs the servers it uses, besides NATS, which all of them use; databases and Redis
 *   are not shared
 * @property {string[]} secrets its environment variables that no other service may have, apart from its servers' passwords; all
 *   of its variables are in its config.ts
 * @property {string[]} listensTo the events it listens to
 * @property {string[]} publishes the events it publishes
 */

/**
 * The manifest: every service, by the name that its folder, image and workload share. Code that needs a list of them
 * reads this one; the lists in YAML are tested against it by infra/cluster/src/services.*.ts.
 * @satisfies {Record<string, Service>}
 */
const manifest = {
  auth: {
    routes: ['/api/users'],
    needs: ['mongo', 'smtp'],
    secrets: ['JWT_KEY', 'FACTOR_KEY'],
    listensTo: [
      'user:created',
      'user:paid',
      'user:deleted',
      'session:ended',
      'message:owed',
      'ticket:withdrawn',
      'order:completed',
      'order:claimed',
      'order:released',
      'order:refunded',
      'payout:paid',
      'payout:failed',
      'seller:updated',
    ],
    publishes: ['user:created', 'user:updated', 'user:deleted', 'session:ended', 'message:owed', 'message:sent'],
  },
  tickets: {
    routes: ['/api/tickets'],
    needs: ['mongo'],
    secrets: ['JWT_KEY', 'DELIVERY_KEY', 'BARCODE_KEY'],
    listensTo: [
      'user:created',
      'user:updated',
      'user:deleted',
      'session:ended',
      'order:created',
      'order:completed',
      'order:cancelled',
      'order:refunded',
    ],
    publishes: ['ticket:created', 'ticket:updated', 'ticket:withdrawn', 'user:delisted'],
  },
  orders: {
    routes: ['/api/orders'],
    needs: ['mongo'],
    secrets: ['JWT_KEY', 'PASS_KEY'],
    listensTo: [
      'user:delisted',
      'user:deleted',
      'session:ended',
      'message:sent',
      'ticket:created',
      'ticket:updated',
      'order:created',
      'order:awaiting-payment',
      'order:completed',
      'order:cancelled',
      'order:claimed',
      'order:released',
      'order:refunded',
      'payment:authorized',
      'payment:created',
      'payment:failed',
      'payment:refunded',
      'payout:paid',
      'payout:failed',
      'expiration:complete',
    ],
    publishes: [
      'user:settled',
      'order:created',
      'order:awaiting-payment',
      'order:completed',
      'order:cancelled',
      'order:claimed',
      'order:released',
      'order:refunded',
    ],
  },
  payments: {
    routes: ['/api/payments'],
    needs: ['mongo', 'stripe'],
    secrets: ['JWT_KEY', 'STRIPE_KEY', 'STRIPE_WEBHOOK_SECRET'],
    listensTo: [
      'user:created',
      'user:updated',
      'user:settled',
      'user:deleted',
      'session:ended',
      'order:created',
      'order:awaiting-payment',
      'order:completed',
      'order:cancelled',
      'order:claimed',
      'order:released',
      'order:refunded',
    ],
    publishes: [
      'user:paid',
      'payment:authorized',
      'payment:created',
      'payment:failed',
      'payment:refunded',
      'payout:paid',
      'payout:failed',
      'seller:updated',
    ],
  },
  expiration: {
    routes: [],
    needs: ['redis'],
    secrets: [],
    listensTo: ['order:created', 'order:cancelled'],
    publishes: ['expiration:complete'],
  },
};

/** The names of all services. */
const names = /** @type {(keyof typeof manifest)[]} */ (Object.keys(manifest));

/**
 * The names of those that need a server.
 * @param {Service['needs'][number]} server
 */
const needing = (server) => names.filter((name) => /** @type {Service} */ (manifest[name]).needs.includes(server));

/** The names of those that have routes. */
const routed = names.filter((name) => manifest[name].routes.length > 0);

module.exports = { manifest, names, needing, routed };
