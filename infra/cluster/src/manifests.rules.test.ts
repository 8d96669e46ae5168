import { named, ofKind, workloads, type KubeObject, type Workload } from './manifests/kube';
import { infra, render } from './manifests/render';
import { rules } from './manifests/rules';

/** Each rule notices a broken manifest: a rule that never fails proves nothing. */

let sound: KubeObject[];
beforeAll(async () => {
  sound = [...(await render(`${infra}/k8s-dev`)), autoscaler('tickets')];
});

const autoscaler = (name: string) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name, namespace: 'ticketing' },
  spec: { scaleTargetRef: { kind: 'Deployment', name } },
});

const httpRoute = (value: string) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'orders', namespace: 'ticketing' },
  spec: { rules: [{ matches: [{ path: { type: 'PathPrefix', value } }], timeouts: { request: '10s' } }] },
});

const workload = (objects: KubeObject[], name: string): Workload => {
  const found = workloads(objects).find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`There is no workload ${name}`);
  return found;
};
const container = (objects: KubeObject[], name: string) => workload(objects, name).spec.template.spec.containers[0]!;
const pod = (objects: KubeObject[], name: string) => workload(objects, name).spec.template.spec;
const without = (objects: KubeObject[], kind: string, name: string) => {
  const index = objects.findIndex((object) => object.kind === kind && object.metadata.name === name);
  if (index < 0) throw new Error(`There is no ${kind} ${name}`);
  objects.splice(index, 1);
};

const spoilt: [rule: string, words: string, spoil: (objects: KubeObject[]) => unknown][] = [
  ['locked', 'orders may run as root', (all) => delete pod(all, 'orders').securityContext!.runAsNonRoot],
  ['locked', 'nats mounts a token', (all) => delete pod(all, 'nats').automountServiceAccountToken],
  [
    'locked',
    'auth-mongo has no seccomp profile',
    (all) => delete pod(all, 'auth-mongo').securityContext!.seccompProfile,
  ],
  [
    'locked',
    'orders/orders may write to its root file system',
    (all) => (container(all, 'orders').securityContext!.readOnlyRootFilesystem = false),
  ],
  [
    'locked',
    'orders/orders may gain privileges',
    (all) => delete container(all, 'orders').securityContext!.allowPrivilegeEscalation,
  ],
  [
    'locked',
    'nats/nats has capabilities',
    (all) => (container(all, 'nats').securityContext!.capabilities!.add = ['NET_RAW']),
  ],
  [
    'limited',
    'client/client has no limits of memory',
    (all) => delete (container(all, 'client').resources!.limits as Partial<Record<string, string>>).memory,
  ],
  [
    'pinned',
    'nats/nats has the image nats-streaming, which is not pinned',
    (all) => (container(all, 'nats').image = 'nats-streaming'),
  ],
  [
    'pinned',
    'nats/nats has the image nats:latest, which is not pinned',
    (all) => (container(all, 'nats').image = 'nats:latest'),
  ],
  ['probed', 'auth/auth has no livenessProbe', (all) => delete container(all, 'auth').livenessProbe],
  [
    'probed',
    'auth/auth has a readinessProbe on port web, which it does not have',
    (all) => (container(all, 'auth').readinessProbe!.httpGet!.port = 'web'),
  ],
  [
    'graceful',
    'tickets stops at once, while requests still arrive',
    (all) => delete container(all, 'tickets').lifecycle,
  ],
  [
    'graceful',
    'client is killed before the 20 s it may take to stop',
    (all) => (pod(all, 'client').terminationGracePeriodSeconds = 10),
  ],
  [
    'graceful',
    'payments is killed before the 50 s it may take to stop',
    (all) => (pod(all, 'payments').terminationGracePeriodSeconds = 30),
  ],
  [
    'spread',
    'orders does not spread its own pods',
    (all) => (pod(all, 'orders').topologySpreadConstraints![0]!.labelSelector = { matchLabels: { app: 'x' } }),
  ],
  [
    'placed',
    'Service orders-srv is not in the namespace',
    (all) => (named(all, 'Service', 'orders-srv')!.metadata.namespace = 'default'),
  ],
  ['placed', 'Service orders-srv is defined twice', (all) => all.push(named(all, 'Service', 'orders-srv')!)],
  [
    'restricted',
    'the namespace does not warn restricted',
    (all) => delete ofKind(all, 'Namespace')[0]!.metadata.labels!['pod-security.kubernetes.io/warn'],
  ],
  [
    'selecting',
    'Service orders-srv selects nothing',
    (all) => (named(all, 'Service', 'orders-srv')!.spec.selector = { app: 'order' }),
  ],
  [
    'selecting',
    'Service orders-srv has no container behind its port http',
    (all) => (named(all, 'Service', 'orders-srv')!.spec.ports[0]!.targetPort = 8080),
  ],
  [
    'selecting',
    'Deployment orders selects Deployment auth, Deployment orders',
    (all) => (workload(all, 'auth').spec.template.metadata.labels['app'] = 'orders'),
  ],
  [
    'budgeted',
    'Deployment orders does not have exactly one disruption budget',
    (all) => without(all, 'PodDisruptionBudget', 'orders'),
  ],
  ['scaled', 'the autoscaler tickets has no target of its own', (all) => (workload(all, 'tickets').spec.replicas = 2)],
  ['scaled', 'the autoscaler absent has no target of its own', (all) => all.push(autoscaler('absent'))],
  ['complete', 'Deployment auth lacks ConfigMap auth', (all) => without(all, 'ConfigMap', 'auth')],
  ['complete', 'Deployment auth lacks the account auth', (all) => without(all, 'ServiceAccount', 'auth')],
  ['complete', 'StatefulSet auth-mongo lacks the volume tmp', (all) => delete pod(all, 'auth-mongo').volumes],
  [
    'complete',
    'StatefulSet stripe-emulator lacks ConfigMap stripe-emulator',
    (all) => without(all, 'ConfigMap', 'stripe-emulator'),
  ],
  [
    'addressed',
    'orders.MONGO_URI means orders-mongo-srv:27017, which does not exist',
    (all) => without(all, 'Service', 'orders-mongo-srv'),
  ],
  [
    'addressed',
    'client.AUTH_URL means auth-srv:3001, which does not exist',
    (all) => (named(all, 'ConfigMap', 'client')!.data['AUTH_URL'] = 'http://auth-srv:3001'),
  ],
  [
    'addressed',
    'auth.MONGO_URI means auth-mongo-1.auth-mongo-srv:27017, which does not exist',
    (all) =>
      (named(all, 'ConfigMap', 'auth')!.data['MONGO_ADDRESS'] =
        'auth-mongo-0.auth-mongo-srv:27017,auth-mongo-1.auth-mongo-srv:27017/auth'),
  ],
  [
    'addressed',
    'stripe-emulator.PUBLIC_URL means ticketing.dev, which does not exist',
    (all) => ofKind(all, 'Ingress')[0]!.spec.rules[0]!.http.paths.splice(4, 2),
  ],
  [
    'covered',
    'orders has no Egress policy',
    (all) =>
      ['default-deny', 'dns', 'orders-to-mongo', 'services-to-nats'].forEach((name) =>
        without(all, 'NetworkPolicy', name),
      ),
  ],
  [
    'leading',
    '/api/orders leads to orders-srv:3000, which does not exist',
    (all) => without(all, 'Service', 'orders-srv'),
  ],
  ['lasting', '/api/orders is cut by a time-out', (all) => all.push(httpRoute('/api/orders'))],
  [
    'portable',
    'the Ingress has annotations',
    (all) => (ofKind(all, 'Ingress')[0]!.metadata.annotations = { 'nginx.org/rewrites': 'x' }),
  ],
  ['portable', 'there is more than one Ingress', (all) => all.push(ofKind(all, 'Ingress')[0]!)],
  [
    'durable',
    'nats lacks -store=file',
    (all) => (container(all, 'nats').args = container(all, 'nats').args!.filter((arg) => arg !== '-store=file')),
  ],
  ['durable', 'expiration-redis lacks --appendonly yes', (all) => (container(all, 'expiration-redis').args = [])],
  [
    'durable',
    'orders-mongo loses /data/db with its pod',
    (all) => delete workload(all, 'orders-mongo').spec.volumeClaimTemplates,
  ],
  ['serving', 'orders is unavailable during a rollout', (all) => delete workload(all, 'orders').spec.strategy],
  [
    'serving',
    'orders gets requests before it is ready',
    (all) => (container(all, 'orders').readinessProbe!.httpGet!.path = '/healthz'),
  ],
  [
    'serving',
    'orders is killed when its dependencies fail',
    (all) => (container(all, 'orders').livenessProbe!.httpGet!.path = '/readyz'),
  ],
  ['portable', 'TLS is not for the host', (all) => (ofKind(all, 'Ingress')[0]!.spec.rules[0]!.host = 'other.dev')],
];

test.each(spoilt)('%s: %s', (rule, words, spoil) => {
  expect(rules[rule]?.(sound)).toEqual([]);
  const objects = structuredClone(sound);
  spoil(objects);
  expect(rules[rule]?.(objects)).toContain(words);
});
