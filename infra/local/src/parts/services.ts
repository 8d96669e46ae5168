import path from 'node:path';
import { root } from '../config.cjs';
import type { PartPlan } from '../part';
import { accepts, answers } from '../probes';
import { manifest, names, needing } from '../services.cjs';
import {
  proxyUrl,
  instancesOf,
  portOf,
  usesEmulator,
  usesMailbox,
  type Blueprint,
  type Service,
  type Surroundings,
} from './blueprint';
import { mongoUri, natsUrl, redisUrl } from './servers';

const nodeModule = (file: string) => path.join(root, 'node_modules', file);

/** Keeps a service below 150 MB: V8 otherwise lets the heap grow large before it collects. There is no measurable slowdown. */
const heap = ['--max-semi-space-size=8', '--max-old-space-size=96'];

/** A stopping service answers requests in progress, a payment within 36 s, and closes: 48 s at worst (common's service.ts). */
const STOP_WITHIN_MS = 50_000;

/** All processes of all services. */
export function planServices(blueprint: Blueprint): PartPlan[] {
  return names.flatMap((service) =>
    instancesOf(service, blueprint.replicas).map((name, index) => {
      const port = portOf(blueprint, name);
      return {
        name,
        kind: 'service' as const,
        command: process.execPath,
        args: blueprint.dev
          ? [nodeModule('ts-node-dev/lib/bin.js'), '--respawn', '--transpile-only', 'src/index.ts']
          : [...heap, path.join(root, service, 'dist/index.js')],
        cwd: path.join(root, service),
        env: {
          ...commonEnv(blueprint, port),
          ...serviceEnv(blueprint, service),
          NATS_CLIENT_ID: `${service}-${index + 1}`,
        },
        port,
        log: blueprint.folder.logOf(name),
        ready: answers(port, '/readyz'),
        stopWithinMs: STOP_WITHIN_MS,
      };
    }),
  );
}

/** The Stripe emulator; the proxy shows it to browsers under /stripe-emulator. */
export function planStripe(blueprint: Blueprint): PartPlan[] {
  if (!usesEmulator(blueprint.settings)) return [];
  return [
    planStandIn(blueprint, 'stripe', 'stripe/dist', {
      WEBHOOK_URL: `http://127.0.0.1:${blueprint.proxyPort}/api/payments/webhook`,
      WEBHOOK_SECRET: webhookSecret(blueprint),
      PUBLIC_URL: `${proxyUrl(blueprint)}/stripe-emulator`,
    }),
  ];
}

/** The mailbox, which receives all mail. */
export function planMailbox(blueprint: Blueprint): PartPlan[] {
  if (!usesMailbox(blueprint.settings)) return [];
  return [planStandIn(blueprint, 'mailbox', 'dist/mailbox', { SMTP_PORT: `${portOf(blueprint, 'smtp')}` })];
}

/** One of our programs in place of a third-party server. */
function planStandIn(
  blueprint: Blueprint,
  name: 'stripe' | 'mailbox',
  program: string,
  env: NodeJS.ProcessEnv,
): PartPlan {
  const port = portOf(blueprint, name);
  return {
    name,
    kind: name,
    command: process.execPath,
    args: [path.join(root, 'infra/local', program, 'index.js')],
    env: { ...commonEnv(blueprint, port), DATA_DIR: blueprint.folder.storeOf(name), ...env },
    port,
    log: blueprint.folder.logOf(name),
    ready: accepts(port),
  };
}

/** The site: its production build, or with `dev` Next.js's development server. */
export function planClient(blueprint: Blueprint): PartPlan {
  const port = portOf(blueprint, 'client');
  const command = blueprint.dev ? 'dev' : 'start';
  return {
    name: 'client',
    kind: 'client',
    command: process.execPath,
    args: [nodeModule('next/dist/bin/next'), command, 'client', '-H', '127.0.0.1', '-p', `${port}`],
    cwd: root,
    env: {
      ...commonEnv(blueprint, port),
      API_URL: `http://127.0.0.1:${blueprint.proxyPort}`,
      NEXT_TELEMETRY_DISABLED: '1',
    },
    port,
    log: blueprint.folder.logOf('client'),
    // Not a page: those need the proxy, which waits for every other part.
    ready: answers(port, '/healthz'),
  };
}

function commonEnv({ settings, dev }: Blueprint, port: number): NodeJS.ProcessEnv {
  return { ...settings, NODE_ENV: dev ? 'development' : 'production', PORT: `${port}`, HOST: '127.0.0.1' };
}

/** The addresses, passwords and keys that a service gets. */
export function serviceEnv(blueprint: Surroundings, service: Service): NodeJS.ProcessEnv {
  return {
    NATS_URL: natsUrl(blueprint),
    NATS_CLUSTER_ID: 'ticketing',
    ...(needing('mongo').includes(service) && { MONGO_URI: mongoUri(blueprint, service) }),
    ...(needing('redis').includes(service) && { REDIS_URL: redisUrl(blueprint) }),
    ...(needing('smtp').includes(service) && mailEnv(blueprint)),
    ...(needing('stripe').includes(service) && usesEmulator(blueprint.settings) && emulatorEnv(blueprint)),
    ...signingKeys(blueprint, service),
  };
}

/** A service's signing and encryption keys: from the settings, or from the folder's secrets (JWT_KEY from `jwt-key`). */
function signingKeys({ settings, folder }: Surroundings, service: Service): NodeJS.ProcessEnv {
  const keys = ['JWT_KEY', 'FACTOR_KEY', 'PASS_KEY', 'DELIVERY_KEY', 'BARCODE_KEY'].filter((key) =>
    (manifest[service].secrets as string[]).includes(key),
  );
  const made = (key: string) => folder.secret(key.toLowerCase().replace('_', '-'));
  return Object.fromEntries(keys.map((key) => [key, settings[key] ?? made(key)]));
}

function mailEnv(blueprint: Surroundings): NodeJS.ProcessEnv {
  return {
    SITE_URL: blueprint.settings['SITE_URL'] ?? proxyUrl(blueprint),
    ...(usesMailbox(blueprint.settings) && { SMTP_URL: `smtp://127.0.0.1:${portOf(blueprint, 'smtp')}` }),
  };
}

function emulatorEnv(blueprint: Surroundings): NodeJS.ProcessEnv {
  return {
    STRIPE_KEY: 'sk_test_emulator',
    STRIPE_URL: `http://127.0.0.1:${portOf(blueprint, 'stripe')}`,
    STRIPE_WEBHOOK_SECRET: webhookSecret(blueprint),
  };
}

function webhookSecret({ folder }: Surroundings): string {
  return `whsec_${folder.secret('webhook-secret')}`;
}
