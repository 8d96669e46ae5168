import type { DataFolder } from '../data';
import type { StackServer } from '../servers/index.cjs';
import { names, needing } from '../services.cjs';

export type Service = (typeof names)[number];

/** Everything the parts' plans depend on. */
export interface Blueprint {
  folder: DataFolder;
  /** The user's settings: `.env` and environment. */
  settings: NodeJS.ProcessEnv;
  /** The server programs' paths. */
  servers: Record<StackServer, string>;
  /** A port for every name in `portNames`. */
  ports: Record<string, number>;
  proxyPort: number;
  replicas: number;
  dev: boolean;
}

/** What a service's environment depends on. */
export type Surroundings = Pick<Blueprint, 'settings' | 'ports' | 'proxyPort'> & { folder: Pick<DataFolder, 'secret'> };

/** The names of a service's processes: its own, or `orders-1`, `orders-2` … if it runs more than once. */
export function instancesOf(service: Service, replicas: number): string[] {
  return replicas === 1 ? [service] : Array.from({ length: replicas }, (_, index) => `${service}-${index + 1}`);
}

/** Whether payments uses the emulator, because there is no Stripe key. */
export function usesEmulator(settings: NodeJS.ProcessEnv): boolean {
  return !settings['STRIPE_KEY'];
}

/** Whether messages go to a mailbox of the stack, because there is no mail server. */
export function usesMailbox(settings: NodeJS.ProcessEnv): boolean {
  return !settings['SMTP_URL'];
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
    'mailbox',
    'smtp',
    ...instances,
    'client',
  ];
}

/** The port of this name. Throws if the blueprint has none. */
export function portOf({ ports }: Pick<Blueprint, 'ports'>, name: string): number {
  const port = ports[name];
  if (!port) throw new Error(`No port was chosen for ${name}`);
  return port;
}

/** The site's URL. */
export function proxyUrl({ proxyPort }: Pick<Blueprint, 'proxyPort'>): string {
  return `http://localhost:${proxyPort}`;
}
