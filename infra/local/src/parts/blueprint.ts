import type { DataFolder } from '../data';
import type { StackServer } from '../servers/index.cjs';
import { names, needing } from '../services.cjs';

export type Service = (typeof names)[number];

/** All that the plans of the parts depend on. */
export interface Blueprint {
  folder: DataFolder;
  /** What the user set: `.env` and environment. */
  settings: NodeJS.ProcessEnv;
  /** The server programs' paths. */
  servers: Record<StackServer, string>;
  /** A port for every name in `portNames`. */
  ports: Record<string, number>;
  proxyPort: number;
  replicas: number;
  dev: boolean;
}

/** The names of a service's processes: its own, or `orders-1`, `orders-2` … if it runs more than once. */
export function instancesOf(service: Service, replicas: number): string[] {
  return replicas === 1 ? [service] : Array.from({ length: replicas }, (_, index) => `${service}-${index + 1}`);
}

/** Whether payments talks to our emulator, for want of a key to Stripe itself. */
export function usesEmulator(settings: NodeJS.ProcessEnv): boolean {
  return !settings['STRIPE_KEY'];
}

/** The names of all ports a stack needs besides its proxy's. */
export function portNames(replicas: number): string[] {
  const instances = names.flatMap((service) => instancesOf(service, replicas));
  return [
    ...needing('mongo').map((service) => `mongo-${service}`),
    'nats',
    'nats-monitor',
    'redis',
    'stripe',
    ...instances,
    'client',
  ];
}

/** The port of a name. Throws if the blueprint has none for it. */
export function portOf({ ports }: Pick<Blueprint, 'ports'>, name: string): number {
  const port = ports[name];
  if (!port) throw new Error(`No port was chosen for ${name}`);
  return port;
}

/** The address that people open. */
export function proxyUrl({ proxyPort }: Pick<Blueprint, 'proxyPort'>): string {
  return `http://localhost:${proxyPort}`;
}
