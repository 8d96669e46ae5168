/** The system's workloads by name: their roles and allowed connections. */

export const services = ['auth', 'tickets', 'orders', 'payments', 'expiration'];
export const emulator = 'stripe-emulator';

/** The architecture's connections: which ports a workload may reach. Those without an entry may reach nothing. */
const arrows: Record<string, string[]> = {
  auth: ['auth-mongo:27017', 'nats:4222'],
  tickets: ['tickets-mongo:27017', 'nats:4222'],
  orders: ['orders-mongo:27017', 'nats:4222'],
  payments: ['payments-mongo:27017', 'nats:4222', 'stripe-emulator:12111'],
  expiration: ['expiration-redis:6379', 'nats:4222'],
  client: ['auth:3000', 'tickets:3000', 'orders:3000', 'payments:3000'],
  'stripe-emulator': ['payments:3000'],
};

/** @param target like `nats:4222` */
export const mayReach = (source: string, target: string): boolean => arrows[source]?.includes(target) ?? false;

/** The workloads that have Node inside, and so can try arrows. */
export const sources = Object.keys(arrows);
