import { manifest, names, needing, routed } from '@ticketing/local';

/** The workloads of the system, by name: what each one is, and what it may talk to. */

export const emulator = 'stripe-emulator';

/** Where a service finds a server that it needs. */
const addressOf = {
  mongo: (service: string) => `${service}-mongo:27017`,
  redis: (service: string) => `${service}-redis:6379`,
  stripe: () => `${emulator}:12111`,
  smtp: () => 'mailbox:2525',
};

/** The arrows of the architecture: what a workload may reach, at which port. Workloads without an entry may reach nothing. */
const arrows: Record<string, string[]> = {
  ...Object.fromEntries(
    names.map((name) => [name, [...manifest[name].needs.map((server) => addressOf[server](name)), 'nats:4222']]),
  ),
  client: routed.map((name) => `${name}:3000`),
  [emulator]: needing('stripe').map((name) => `${name}:3000`),
  mailbox: [],
};

/** @param target like `nats:4222` */
export const mayReach = (source: string, target: string): boolean => arrows[source]?.includes(target) ?? false;

/** The workloads that have Node inside, and so can try arrows. */
export const sources = Object.keys(arrows);
