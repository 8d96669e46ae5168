/** Kubernetes objects, as far as the rules use them. */

export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Labels; annotations?: Record<string, string> };
}

export type Labels = Record<string, string>;

export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface Workload extends KubeObject {
  spec: {
    replicas?: number;
    serviceName?: string;
    strategy?: { rollingUpdate?: { maxUnavailable?: number | string } };
    selector: Selector;
    template: { metadata: { labels: Labels }; spec: PodSpec };
    volumeClaimTemplates?: { metadata: { name: string } }[];
  };
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  terminationGracePeriodSeconds?: number;
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number; seccompProfile?: { type: string } };
  topologySpreadConstraints?: { labelSelector: Selector }[];
  containers: Container[];
  initContainers?: Container[];
  volumes?: { name: string; configMap?: Reference; emptyDir?: object }[];
}

export interface Container {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  ports?: { name: string; containerPort: number }[];
  env?: Variable[];
  envFrom?: { configMapRef?: Reference; secretRef?: Reference }[];
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  lifecycle?: { preStop?: { sleep?: { seconds: number } } };
  resources?: Record<'requests' | 'limits', Record<'cpu' | 'memory', string> | undefined>;
  securityContext?: {
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    capabilities?: { drop?: string[]; add?: string[] };
  };
  volumeMounts?: { name: string; mountPath: string }[];
}

export interface Variable {
  name: string;
  value?: string;
  valueFrom?: { configMapKeyRef?: KeyReference; secretKeyRef?: KeyReference; fieldRef?: { fieldPath: string } };
}

export interface Reference {
  name: string;
  optional?: boolean;
}

export interface KeyReference extends Reference {
  key: string;
}

export interface Probe {
  httpGet?: { path: string; port: string | number };
  tcpSocket?: { port: string | number };
}

export interface Service extends KubeObject {
  spec: { clusterIP?: string; selector: Labels; ports: { name: string; port: number; targetPort: string | number }[] };
}

export interface ConfigMap extends KubeObject {
  data: Record<string, string>;
}

export interface Secret extends KubeObject {
  /** In base64. */
  data?: Record<string, string>;
  stringData?: Record<string, string>;
}

export interface DisruptionBudget extends KubeObject {
  spec: { selector: Selector; maxUnavailable?: number };
}

export interface Autoscaler extends KubeObject {
  spec: { scaleTargetRef: { kind: string; name: string }; minReplicas: number; maxReplicas: number };
}

export interface Ingress extends KubeObject {
  spec: {
    ingressClassName: string;
    tls: { hosts: string[]; secretName: string }[];
    rules: {
      host: string;
      http: {
        paths: { path: string; pathType: string; backend: { service: { name: string; port: { number: number } } } }[];
      };
    }[];
  };
}

export interface HttpRoute extends KubeObject {
  spec: {
    parentRefs: { name: string; sectionName?: string }[];
    hostnames: string[];
    rules: {
      matches?: { path: { type: string; value: string } }[];
      backendRefs?: { name: string; port: number }[];
      timeouts?: { request?: string };
    }[];
  };
}

export interface Policy extends KubeObject {
  spec: {
    podSelector: Selector;
    policyTypes: string[];
    ingress?: { from?: Peer[]; ports?: PolicyPort[] }[];
    egress?: { to?: Peer[]; ports?: PolicyPort[] }[];
  };
}

export interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string; except?: string[] };
}

export interface PolicyPort {
  port: number;
  protocol?: string;
}

interface Kinds {
  Deployment: Workload;
  StatefulSet: Workload;
  Service: Service;
  ServiceAccount: KubeObject;
  Namespace: KubeObject;
  ConfigMap: ConfigMap;
  Secret: Secret;
  PodDisruptionBudget: DisruptionBudget;
  HorizontalPodAutoscaler: Autoscaler;
  Ingress: Ingress;
  Gateway: KubeObject;
  HTTPRoute: HttpRoute;
  NetworkPolicy: Policy;
}

/** All objects of a kind. */
export const ofKind = <K extends keyof Kinds>(objects: KubeObject[], kind: K) =>
  objects.filter((object) => object.kind === kind) as Kinds[K][];

/** An object by kind and name, if there is one. */
export const named = <K extends keyof Kinds>(objects: KubeObject[], kind: K, name: string) =>
  ofKind(objects, kind).find(({ metadata }) => metadata.name === name);

/** Everything that runs pods. */
export const workloads = (objects: KubeObject[]) => [
  ...ofKind(objects, 'Deployment'),
  ...ofKind(objects, 'StatefulSet'),
];

/** Whether labels match a selector. */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  const all = Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
  return all && matchExpressions.every(({ key, values = [] }) => values.includes(labels[key] ?? ''));
}
