import path from 'node:path';
import { root } from '../config.cjs';
import type { PartPlan } from '../part';
import { accepts } from '../probes';
import type { ProxyConfig } from '../proxy/config';
import { manifest, routed } from '../services.cjs';
import { instancesOf, portOf, usesEmulator, type Blueprint, type Service } from './blueprint';
import { planMongo, planNats, planRedis } from './servers';
import { planClient, planMailbox, planServices, planStripe } from './services';

/** While stopping, the proxy completes requests in progress: a payment within 36 s. */
const PROXY_STOPS_WITHIN_MS = 40_000;

/** The whole stack, part by part. */
export function planParts(blueprint: Blueprint): PartPlan[] {
  return [
    ...planMongo(blueprint),
    planNats(blueprint),
    planRedis(blueprint),
    ...planStripe(blueprint),
    ...planMailbox(blueprint),
    ...planServices(blueprint),
    planClient(blueprint),
    planProxy(blueprint),
    ...(blueprint.dev ? [planCompiler(blueprint)] : []),
  ];
}

function planProxy(blueprint: Blueprint): PartPlan {
  const { proxyPort: port, folder, settings } = blueprint;
  const apis = routed.flatMap((service) =>
    manifest[service].routes.map((prefix) => ({ prefix, ports: portsOf(blueprint, service) })),
  );
  // Of the emulator, only the 3-D Secure and onboarding pages are exposed, as behind the ingress.
  const stripe = usesEmulator(settings)
    ? ['authenticate', 'onboard'].map((page) => ({
        prefix: `/stripe-emulator/${page}`,
        ports: [portOf(blueprint, 'stripe')],
      }))
    : [];
  const site = [portOf(blueprint, 'client')];
  // The development server uses a WebSocket for live reload; nothing else on the site needs one.
  const reload = blueprint.dev ? [{ prefix: '/_next', ports: site, upgrades: true }] : [];
  const config: ProxyConfig = { port, routes: [...apis, ...stripe, ...reload, { prefix: '/', ports: site }] };
  return {
    name: 'proxy',
    kind: 'proxy',
    command: process.execPath,
    args: [path.join(root, 'infra/local/dist/proxy/index.js'), JSON.stringify(config)],
    env: settings,
    port,
    log: folder.logOf('proxy'),
    ready: accepts(port),
    stopWithinMs: PROXY_STOPS_WITHIN_MS,
  };
}

function portsOf(blueprint: Blueprint, service: Service): number[] {
  return instancesOf(service, blueprint.replicas).map((name) => portOf(blueprint, name));
}

/** Keeps the compiled `common` up to date; the reloading services watch it. */
function planCompiler({ folder, settings }: Blueprint): PartPlan {
  return {
    name: 'common',
    kind: 'compiler',
    command: process.execPath,
    args: [path.join(root, 'node_modules/typescript/bin/tsc'), '-b', 'common', '--watch', '--preserveWatchOutput'],
    cwd: root,
    env: settings,
    port: 0,
    log: folder.logOf('common'),
    ready: () => Promise.resolve(true),
  };
}
