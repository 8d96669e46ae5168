import { needing, routed } from '@ticketing/local';
import { mayReach } from './live/roles';
import { ofKind, workloads, type KubeObject } from './manifests/kube';
import { allows, type End } from './manifests/policies';
import { render } from './manifests/render';
import { Copy } from './manifests/testing';

/** What the policies allow: the connections of the architecture, all of them and no others. */

const copy = new Copy();
const renderings: Record<'base' | 'dev' | 'prod', KubeObject[]> = { base: [], dev: [], prod: [] };

beforeAll(async () => {
  copy.fillIn();
  renderings.base = await render(copy.at('k8s'));
  renderings.dev = await render(copy.at('k8s-dev'));
  renderings.prod = await render(copy.at('k8s-prod'));
});
afterAll(() => copy.remove());

const each = test.each(['base', 'dev', 'prod'] as const);
const apps = (objects: KubeObject[]) => workloads(objects).map(({ metadata }) => metadata.name);
const stranger = (namespace?: string): End => ({ labels: { app: 'stranger' }, namespace });
const pod = (objects: KubeObject[], app: string): End => ({
  labels: workloads(objects).find(({ metadata }) => metadata.name === app)!.spec.template.metadata.labels,
});

/** Every pair of workloads, with each port of the second. */
const pairs = (objects: KubeObject[]) =>
  apps(objects).flatMap((source) =>
    workloads(objects).flatMap(({ metadata: { name }, spec }) =>
      spec.template.spec.containers.flatMap(({ ports = [] }) =>
        ports.map(({ containerPort: port }) => ({ source, target: name, port })),
      ),
    ),
  );

type Pair = ReturnType<typeof pairs>[number];

/** In production the members of a database, and the nodes of NATS, talk to each other. */
const amongThemselves = ({ source, target, port }: Pair) =>
  source === target && ((source.endsWith('-mongo') && port === 27017) || (source === 'nats' && port === 6222));

/** Whether the architecture has this connection. */
const meant = (name: string, pair: Pair) =>
  mayReach(pair.source, `${pair.target}:${pair.port}`) || (name === 'prod' && amongThemselves(pair));

each('%s: pods reach what the architecture says, and nothing else', (name) => {
  const objects = renderings[name];
  const open = pairs(objects).filter(({ source, target, port }) =>
    allows(objects, pod(objects, source), pod(objects, target), port),
  );
  const arrows = pairs(objects).filter((pair) => meant(name, pair));
  expect(open).toEqual(arrows);
  expect(arrows.length).toBeGreaterThan(10);
});

each('%s: pods with unrestricted egress still get in only where the architecture says', (name) => {
  const objects = renderings[name];
  const letting = ofKind(objects, 'NetworkPolicy')
    .filter(({ spec }) => spec.policyTypes.includes('Ingress'))
    .map((policy) => ({ ...policy, spec: { ...policy.spec, policyTypes: ['Ingress'] } }));
  const open = pairs(objects).filter(({ source, target, port }) =>
    allows(letting, pod(objects, source), pod(objects, target), port),
  );
  expect(open.filter((pair) => !meant(name, pair))).toEqual([]);
});

each('%s: the controller of the Ingress reaches the site and the APIs, nobody else from outside does', (name) => {
  const objects = renderings[name];
  const from = (namespace: string) =>
    pairs(objects)
      .filter(({ source, target }) => source === target)
      .filter(({ target, port }) => allows(objects, stranger(namespace), pod(objects, target), port))
      .map(({ target }) => target);
  const pages = ['client', ...routed, ...(name === 'dev' ? ['stripe-emulator'] : [])];
  for (const namespace of ['ingress-nginx', 'nginx-ingress', 'traefik'])
    expect(from(namespace).sort()).toEqual([...pages].sort());
  expect(from('default')).toEqual([]);
});

each(
  '%s: pods that need Stripe or mail reach public addresses on those ports; no other pod does, and none reaches a private address',
  (name) => {
    const objects = renderings[name];
    const reaching = (address: string, port: number) =>
      apps(objects).filter((app) => allows(objects, pod(objects, app), { address }, port));
    expect(reaching('203.0.113.7', 443)).toEqual(needing('stripe'));
    for (const port of [465, 587]) expect(reaching('203.0.113.7', port)).toEqual(needing('smtp'));
    for (const port of [25, 80, 5432, 27017]) expect(reaching('203.0.113.7', port)).toEqual([]);
    for (const address of ['10.1.2.3', '172.20.0.1', '192.168.1.1', '169.254.169.254'])
      expect(reaching(address, 443)).toEqual([]);
  },
);

each('%s: of the system services of the cluster, pods reach only DNS', (name) => {
  const objects = renderings[name];
  const dns: End = { labels: { 'k8s-app': 'kube-dns' }, namespace: 'kube-system' };
  for (const app of apps(objects)) {
    const source = pod(objects, app);
    expect(allows(objects, source, dns, 53, 'UDP')).toBe(true);
    expect(allows(objects, source, dns, 53)).toBe(true);
    expect(allows(objects, source, dns, 9153)).toBe(false);
    expect(allows(objects, source, stranger('kube-system'), 6443)).toBe(false);
  }
});

test('notices an extra or a missing policy', () => {
  const objects = renderings.dev;
  const reaches = (all: KubeObject[]) => allows(all, pod(objects, 'orders'), pod(objects, 'orders-mongo'), 27017);
  const without = (name: string) =>
    objects.filter(({ kind, metadata }) => kind !== 'NetworkPolicy' || metadata.name !== name);
  expect(reaches(objects)).toBe(true);
  expect(reaches(without('orders-to-mongo'))).toBe(false);
  expect(reaches(without('orders-mongo'))).toBe(false);
  const opened = objects.filter(({ kind }) => kind !== 'NetworkPolicy');
  expect(allows(opened, pod(objects, 'client'), pod(objects, 'orders-mongo'), 27017)).toBe(true);
});
