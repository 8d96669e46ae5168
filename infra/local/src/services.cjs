// Plain JavaScript: lint and workflows read it before anything is compiled.

/**
 * @typedef {object} Service
 * @property {string[]} routes prefixes of the paths that are led to it; one without any serves no HTTP but its health
 * @property {('mongo' | 'redis' | 'stripe' | 'smtp')[]} needs the servers it talks to, besides NATS that all do; a database and
 *   a Redis are its own
 * @property {string[]} secrets variables of its environment that nobody else may know, besides its servers' passwords
 * @property {string[]} hears the events it listens to
 * @property {string[]} tells the events it publishes
 */

/**
 * The manifest: every service, by the name of its folder, its image and its workload. Code that needs a list of them
 * reads this one; what is written in YAML is tested against it by infra/cluster/src/services.test.ts.
 * @satisfies {Record<string, Service>}
 */
const manifest = {
  auth: {
    routes: ['/api/users'],
    needs: ['mongo', 'smtp'],
    secrets: ['JWT_KEY', 'FACTOR_KEY'],
    hears: [
      'user:created',
      'session:ended',
      'message:owed',
      'order:completed',
      'order:claimed',
      'order:released',
      'order:refunded',
      'payout:paid',
      'payout:failed',
    ],
    tells: ['user:created', 'user:updated', 'session:ended', 'message:owed', 'message:sent'],
  },
  tickets: {
    routes: ['/api/tickets'],
    needs: ['mongo'],
    secrets: ['JWT_KEY', 'DELIVERY_KEY', 'BARCODE_KEY'],
    hears: [
      'user:created',
      'user:updated',
      'session:ended',
      'order:created',
      'order:completed',
      'order:cancelled',
      'order:refunded',
    ],
    tells: ['ticket:created', 'ticket:updated'],
  },
  orders: {
    routes: ['/api/orders'],
    needs: ['mongo'],
    secrets: ['JWT_KEY', 'PASS_KEY'],
    hears: [
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
    tells: [
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
    hears: [
      'user:created',
      'user:updated',
      'session:ended',
      'order:created',
      'order:awaiting-payment',
      'order:completed',
      'order:cancelled',
      'order:claimed',
      'order:released',
      'order:refunded',
    ],
    tells: [
      'payment:authorized',
      'payment:created',
      'payment:failed',
      'payment:refunded',
      'payout:paid',
      'payout:failed',
    ],
  },
  expiration: {
    routes: [],
    needs: ['redis'],
    secrets: [],
    hears: ['order:created', 'order:cancelled'],
    tells: ['expiration:complete'],
  },
};

/** The names of all services. */
const names = /** @type {(keyof typeof manifest)[]} */ (Object.keys(manifest));

/**
 * The names of those that need a server.
 * @param {Service['needs'][number]} server
 */
const needing = (server) => names.filter((name) => /** @type {Service} */ (manifest[name]).needs.includes(server));

/** The names of those that people reach, by their routes. */
const routed = names.filter((name) => manifest[name].routes.length > 0);

module.exports = { manifest, names, needing, routed };
