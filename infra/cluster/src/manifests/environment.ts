import { named, ofKind, workloads, type Container, type KubeObject, type Variable, type Workload } from './kube';
import { routesOf } from './routes';

/** Replacements for what the cluster knows about a pod. */
const fields: Record<string, string> = { 'metadata.name': 'pod-7d4b9c-x2x9z' };

/** The environment of a workload's container, as the kubelet builds it. */
export function environmentOf(objects: KubeObject[], { spec }: Workload): Record<string, string> {
  const [container] = spec.template.spec.containers;
  return container ? ofContainer(objects, container) : {};
}

/** Each variable may reference earlier ones, as in `$(NATS_PASSWORD)`. */
function ofContainer(objects: KubeObject[], container: Container): Record<string, string> {
  const environment = fromSources(objects, container);
  for (const variable of container.env ?? []) {
    const value = valueOf(objects, variable, environment);
    if (value !== undefined) environment[variable.name] = value;
  }
  return environment;
}

function fromSources(objects: KubeObject[], { envFrom = [] }: Container): Record<string, string> {
  const parts = envFrom.map(({ configMapRef, secretRef }) =>
    configMapRef ? named(objects, 'ConfigMap', configMapRef.name)?.data : secretData(objects, secretRef?.name),
  );
  return Object.assign({}, ...parts) as Record<string, string>;
}

function valueOf(objects: KubeObject[], { value, valueFrom }: Variable, before: Record<string, string>) {
  const { configMapKeyRef, secretKeyRef, fieldRef } = valueFrom ?? {};
  if (configMapKeyRef) return named(objects, 'ConfigMap', configMapKeyRef.name)?.data[configMapKeyRef.key];
  if (secretKeyRef) return secretData(objects, secretKeyRef.name)[secretKeyRef.key];
  if (fieldRef) return fields[fieldRef.fieldPath];
  return value && expand(value, before);
}

/** As the kubelet does it, also in arguments. */
export const expand = (text: string, environment: Record<string, string>) =>
  text.replace(/\$\((\w+)\)/g, (reference, variable: string) => environment[variable] ?? reference);

function secretData(objects: KubeObject[], name = ''): Record<string, string> {
  const { data = {}, stringData = {} } = named(objects, 'Secret', name) ?? {};
  const decoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  return { ...(Object.fromEntries(decoded) as Record<string, string>), ...stringData };
}

/** Every address in the configuration is one of a Service or its pod, at a port it has, or under the site's own. */
export const addressed = (objects: KubeObject[]) =>
  workloads(objects).flatMap((workload) =>
    configured(objects, workload).flatMap(([key, value]) =>
      hostsIn(value)
        .filter((host) => !isService(objects, host) && !isSite(objects, value))
        .map((host) => `${workload.metadata.name}.${key} means ${host}, which does not exist`),
    ),
  );

/** A workload's environment, except variables that consist of a secret: those may point anywhere. */
function configured(objects: KubeObject[], workload: Workload): [string, string][] {
  const { env = [] } = workload.spec.template.spec.containers[0] ?? {};
  const secret = env.filter(({ valueFrom }) => valueFrom?.secretKeyRef).map(({ name }) => name);
  return Object.entries(environmentOf(objects, workload)).filter(([key]) => !secret.includes(key));
}

/** Such as `auth-mongo-0.auth-mongo-srv:27017`; empty if the value is not an address. */
function hostsIn(value: string): string[] {
  const hosts = /^\w+:\/\/(?:[^/@]*@)?([^/]+)/.exec(value)?.[1];
  return hosts ? hosts.split(',') : [];
}

function isService(objects: KubeObject[], host: string): boolean {
  const [, member, name = '', port] = /^(?:([\w-]+)\.)?([\w-]+):(\d+)$/.exec(host) ?? [];
  const service = named(objects, 'Service', name);
  if (!service?.spec.ports.some((each) => each.port === Number(port))) return false;
  return !member || isMember(objects, member, name);
}

function isMember(objects: KubeObject[], pod: string, service: string): boolean {
  const sets = ofKind(objects, 'StatefulSet').filter(({ spec }) => spec.serviceName === service);
  return sets.some(({ metadata, spec: { replicas = 1 } }) =>
    Array.from({ length: replicas }, (_, index) => `${metadata.name}-${index}`).includes(pod),
  );
}

function isSite(objects: KubeObject[], value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { host, pathname } = new URL(value);
  const hosts = [
    ...ofKind(objects, 'Ingress').flatMap(({ spec }) => spec.rules.map((rule) => rule.host)),
    ...ofKind(objects, 'HTTPRoute').flatMap(({ spec }) => spec.hostnames),
  ];
  return hosts.includes(host) && routesOf(objects).some(({ path }) => path !== '/' && path.startsWith(pathname));
}
