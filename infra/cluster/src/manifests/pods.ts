import { ofKind, selects, workloads, type Container, type KubeObject, type Probe, type Workload } from './kube';

/** Rules for every pod, beyond schemas. Each rule returns its violations as text. */

/** Longest time a service takes to shut down: a payment waits for Stripe. */
const SHUTDOWN_SECONDS = 40;
const SITE_SHUTDOWN_SECONDS = 10;

const containersOf = ({ spec: { template } }: Workload) => [
  ...(template.spec.initContainers ?? []),
  ...template.spec.containers,
];

const ofEach = (objects: KubeObject[], judge: (container: Container, workload: Workload) => string[]) =>
  workloads(objects).flatMap((workload) =>
    containersOf(workload).flatMap((container) =>
      judge(container, workload).map((problem) => `${workload.metadata.name}/${container.name} ${problem}`),
    ),
  );

const all = (checks: Record<string, boolean>) => Object.keys(checks).filter((problem) => !checks[problem]);

export const locked = (objects: KubeObject[]) => [
  ...workloads(objects).flatMap(({ metadata, spec }) => {
    const pod = spec.template.spec;
    return all({
      'may run as root': pod.securityContext?.runAsNonRoot === true && Number(pod.securityContext.runAsUser) > 0,
      'has no seccomp profile': pod.securityContext?.seccompProfile?.type === 'RuntimeDefault',
      'mounts a token': pod.automountServiceAccountToken === false,
    }).map((problem) => `${metadata.name} ${problem}`);
  }),
  ...ofEach(objects, ({ securityContext }) =>
    all({
      'may write to its root file system': securityContext?.readOnlyRootFilesystem === true,
      'may gain privileges': securityContext?.allowPrivilegeEscalation === false,
      'has capabilities': securityContext?.capabilities?.drop?.join() === 'ALL' && !securityContext.capabilities.add,
    }),
  ),
];

export const limited = (objects: KubeObject[]) =>
  ofEach(objects, ({ resources }) =>
    (['requests', 'limits'] as const).flatMap((kind) =>
      (['cpu', 'memory'] as const).flatMap((what) => (resources?.[kind]?.[what] ? [] : `has no ${kind} of ${what}`)),
    ),
  );

export const pinned = (objects: KubeObject[]) =>
  ofEach(objects, ({ image }) =>
    /(:(?!latest)[\w.-]+|@sha256:[0-9a-f]{64})$/.test(image) ? [] : [`has the image ${image}, which is not pinned`],
  );

/** Probes of all three kinds, at ports that the container has. */
export const probed = (objects: KubeObject[]) =>
  ofEach(objects, (container, workload) => {
    if (!workload.spec.template.spec.containers.includes(container)) return [];
    const { startupProbe, readinessProbe, livenessProbe } = container;
    return Object.entries({ startupProbe, readinessProbe, livenessProbe }).flatMap(([kind, probe]) =>
      probe
        ? missing(container, probe).map((port) => `has a ${kind} on port ${port}, which it does not have`)
        : [`has no ${kind}`],
    );
  });

const missing = ({ ports = [] }: Container, { httpGet, tcpSocket }: Probe) =>
  [httpGet?.port ?? tcpSocket?.port].filter(
    (port) => !ports.some(({ name, containerPort }) => name === port || containerPort === port),
  );

/** Express services and the client wait for proxies to drop them, and get enough time to finish. */
export const graceful = (objects: KubeObject[]) =>
  ofKind(objects, 'Deployment').flatMap(({ metadata, spec: { template } }) => {
    const pause = template.spec.containers[0]?.lifecycle?.preStop?.sleep?.seconds ?? 0;
    const needed = pause + (metadata.name === 'client' ? SITE_SHUTDOWN_SECONDS : SHUTDOWN_SECONDS);
    return all({
      'stops at once, while requests still arrive': pause >= 3,
      [`is killed before the ${needed} s it may take to stop`]:
        Number(template.spec.terminationGracePeriodSeconds) > needed,
    }).map((problem) => `${metadata.name} ${problem}`);
  });

/** Pods of a workload are spread over nodes where possible. */
export const spread = (objects: KubeObject[]) =>
  workloads(objects).flatMap(({ metadata, spec: { template } }) => {
    const constraints = template.spec.topologySpreadConstraints ?? [];
    const own =
      constraints.length > 0 &&
      constraints.every(({ labelSelector }) => selects(labelSelector, template.metadata.labels));
    return own ? [] : [`${metadata.name} does not spread its own pods`];
  });
