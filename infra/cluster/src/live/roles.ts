import { manifest, names, needing, routed } from '@ticketing/local';

/** The workloads of the system, by name: what each is, and what it may talk to. */

export const emulator = 'stripe-emulator';
export const mailbox = 'mailbox';

/** The address of a server that a service needs. */
const addressOf = {
  mongo: (service: string) => `${service}-mongo:27017`,
  redis: (service: string) => `${service}-redis:6379`,
  stripe: () => `${emulator}:12111`,
  smtp: () => `${mailbox}:2525`,
};

/** The arrows of the architecture: what a workload may reach, on which port. Workloads without an entry may reach nothing. */
const arrows: Record<string, string[]> = {
  ...Object.fromEntries(
    names.map((name) => [name, [...manifest[name].needs.map((server) => addressOf[server](name)), 'nats:4222']]),
  ),
  client: routed.map((name) => `${name}:3000`),
  [emulator]: needing('stripe').map((name) => `${name}:3000`),
  [mailbox]: [],
};

/** @param target like `nats:4222` */
export const mayReach = (source: string, target: string): boolean => arrows[source]?.includes(target) ?? false;

/** The workloads that contain Node, and so can try connections. */
export const sources = Object.keys(arrows);
