import { named, ofKind, selects, workloads, type Container, type KubeObject, type Workload } from './kube';

/** Rules for references between objects. Each rule returns its violations as text. */

/** Created by hand, or by a certificate issuer, where an overlay does not include them. */
const byHand = ['jwt-secret', 'delivery-secret', 'stripe-secret', 'mongo-secret', 'servers-secret', 'ticketing-tls'];

const nameOf = ({ kind, metadata }: KubeObject) => `${kind} ${metadata.name}`;

/** Each object once, and all in one namespace. */
export function placed(objects: KubeObject[]): string[] {
  const [namespace, ...others] = ofKind(objects, 'Namespace').map(({ metadata }) => metadata.name);
  const names = objects.map(nameOf);
  return [
    ...(namespace && others.length === 0 ? [] : ['there is not exactly one namespace']),
    ...objects
      .filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== namespace)
      .map((object) => `${nameOf(object)} is not in the namespace`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is defined twice`),
  ];
}

/** Pod Security rejects what the manifests promise not to request. */
export const restricted = (objects: KubeObject[]) =>
  ofKind(objects, 'Namespace').flatMap(({ metadata }) =>
    ['enforce', 'warn', 'audit']
      .filter((mode) => metadata.labels?.[`pod-security.kubernetes.io/${mode}`] !== 'restricted')
      .map((mode) => `the namespace does not ${mode} restricted`),
  );

export function selecting(objects: KubeObject[]): string[] {
  const all = workloads(objects);
  const chosenBy = (name: string, chosen: Workload[]) =>
    chosen.length === 1 ? [] : [`${name} selects ${chosen.map(nameOf).join(', ') || 'nothing'}`];
  const labelsOf = ({ spec }: Workload) => spec.template.metadata.labels;
  return [
    ...all.flatMap((workload) =>
      chosenBy(
        nameOf(workload),
        all.filter((other) => selects(workload.spec.selector, labelsOf(other))),
      ),
    ),
    ...ofKind(objects, 'Service').flatMap((service) => {
      const chosen = all.filter((workload) => selects({ matchLabels: service.spec.selector }, labelsOf(workload)));
      const ports = chosen.flatMap(({ spec }) => spec.template.spec.containers.flatMap(({ ports = [] }) => ports));
      const lost = service.spec.ports.filter(
        ({ targetPort }) => !ports.some((port) => port.name === targetPort || port.containerPort === targetPort),
      );
      return [
        ...chosenBy(nameOf(service), chosen),
        ...lost.map(({ name }) => `${nameOf(service)} has no container behind its port ${name}`),
      ];
    }),
  ];
}

/** Each workload has one disruption budget, which allows one pod to be evicted. */
export const budgeted = (objects: KubeObject[]) =>
  workloads(objects).flatMap((workload) => {
    const budgets = ofKind(objects, 'PodDisruptionBudget').filter(({ spec }) =>
      selects(spec.selector, workload.spec.template.metadata.labels),
    );
    return budgets.length === 1 && budgets[0]?.spec.maxUnavailable === 1
      ? []
      : [`${nameOf(workload)} does not have exactly one disruption budget`];
  });

/** Every autoscaler's target exists, and nothing else sets its replica count. */
export const scaled = (objects: KubeObject[]) =>
  ofKind(objects, 'HorizontalPodAutoscaler').flatMap(({ metadata, spec }) => {
    const target = named(objects, 'Deployment', spec.scaleTargetRef.name);
    return target && target.spec.replicas === undefined
      ? []
      : [`the autoscaler ${metadata.name} has no target of its own`];
  });

/** Everything a pod references exists: accounts, volumes, configuration and secrets. */
export const complete = (objects: KubeObject[]) =>
  workloads(objects).flatMap((workload) => {
    const { serviceAccountName, containers, initContainers = [], volumes = [] } = workload.spec.template.spec;
    const given = [...volumes, ...(workload.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata)].map(
      ({ name }) => name,
    );
    const mounted = [...containers, ...initContainers].flatMap(({ volumeMounts = [] }) =>
      volumeMounts.map(({ name }) => name),
    );
    const has = (kind: 'ServiceAccount' | 'ConfigMap', name?: string) =>
      !name || named(objects, kind, name) !== undefined;
    return [
      ...(has('ServiceAccount', serviceAccountName) ? [] : [`the account ${serviceAccountName ?? ''}`]),
      ...mounted.filter((name) => !given.includes(name)).map((name) => `the volume ${name}`),
      ...volumes
        .filter(({ configMap }) => !configMap?.optional && !has('ConfigMap', configMap?.name))
        .map(({ name }) => `the volume ${name}`),
      ...[...containers, ...initContainers].flatMap((container) => sourcesLacking(objects, container)),
    ].map((what) => `${nameOf(workload)} lacks ${what}`);
  });

function sourcesLacking(objects: KubeObject[], { env = [], envFrom = [] }: Container): string[] {
  const maps = [
    ...envFrom.map(({ configMapRef }) => configMapRef),
    ...env.map(({ valueFrom }) => valueFrom?.configMapKeyRef),
  ];
  const secrets = [
    ...envFrom.map(({ secretRef }) => secretRef),
    ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef),
  ];
  const lacking = (kind: 'ConfigMap' | 'Secret', references: typeof maps) =>
    references.flatMap((reference) => {
      if (!reference || reference.optional || byHand.includes(reference.name)) return [];
      return named(objects, kind, reference.name) ? [] : [`${kind} ${reference.name}`];
    });
  return [...lacking('ConfigMap', maps), ...lacking('Secret', secrets)];
}
