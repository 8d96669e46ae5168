import dns from 'node:dns/promises';
import type { KubeObject, Kubectl } from './kubectl';

/** How to reach the system: the URL contains the Ingress's host, the address is what that resolves to. */
export interface Entrance {
  url: string;
  address: string;
}

interface Ingress extends KubeObject {
  spec: { rules: { host?: string }[] };
  status: { loadBalancer?: { ingress?: { ip?: string; hostname?: string }[] } };
}

/**
 * @param ingressUrl where HTTPS enters the cluster; default: the Ingress's own address
 * @throws Error that says what to set, if neither is there
 */
export async function findEntrance(kubectl: Kubectl, ingressUrl?: string): Promise<Entrance> {
  const [ingress] = await kubectl.list<Ingress>('ingresses');
  const host = ingress?.spec.rules[0]?.host;
  if (!host) throw new Error(`No Ingress of the namespace ${kubectl.namespace} names a host`);
  return entranceOf(host, ingressUrl ?? urlToldBy(ingress), async (name) => (await dns.lookup(name)).address);
}

/** The entrance of a host, at the address of `origin`. */
export async function entranceOf(
  host: string,
  origin: string,
  resolve: (name: string) => Promise<string>,
): Promise<Entrance> {
  const { hostname, port } = new URL(origin);
  return { url: `https://${host}${port && `:${port}`}`, address: await resolve(hostname.replace(/^\[|\]$/g, '')) };
}

function urlToldBy({ metadata, status }: Ingress): string {
  const told = status.loadBalancer?.ingress?.[0];
  const place = told?.hostname ?? told?.ip;
  if (place) return `https://${place.includes(':') ? `[${place}]` : place}`;
  throw new Error(`The Ingress ${metadata.name} has no address (yet): set INGRESS_URL, like https://127.0.0.1:8443`);
}
