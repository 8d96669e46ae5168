import { named, ofKind, type Container, type KubeObject, type Workload } from './kube';
import { routesOf } from './routes';

/** Stand-ins for what the cluster knows of a pod. */
const fields: Record<string, string> = { 'metadata.name': 'pod-7d4b9c-x2x9z' };

/** The environment that a workload's container starts with, as the kubelet puts it together. */
export function environmentOf(objects: KubeObject[], { spec }: Workload): Record<string, string> {
  const [container] = spec.template.spec.containers;
  return container ? { ...fromSources(objects, container), ...fromVariables(objects, container) } : {};
}

function fromSources(objects: KubeObject[], { envFrom = [] }: Container): Record<string, string> {
  const parts = envFrom.map(({ configMapRef, secretRef }) =>
    configMapRef ? named(objects, 'ConfigMap', configMapRef.name)?.data : secretData(objects, secretRef?.name),
  );
  return Object.assign({}, ...parts) as Record<string, string>;
}

function fromVariables(objects: KubeObject[], container: Container): Record<string, string> {
  const before = fromSources(objects, container);
  const pairs = (container.env ?? []).map(({ name, value, valueFrom }) => {
    const { configMapKeyRef, secretKeyRef, fieldRef } = valueFrom ?? {};
    if (configMapKeyRef) return [name, named(objects, 'ConfigMap', configMapKeyRef.name)?.data[configMapKeyRef.key]];
    if (secretKeyRef) return [name, secretData(objects, secretKeyRef.name)[secretKeyRef.key]];
    if (fieldRef) return [name, fields[fieldRef.fieldPath]];
    return [name, value?.replace(/\$\((\w+)\)/g, (_, variable: string) => before[variable] ?? '')];
  });
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined)) as Record<string, string>;
}

function secretData(objects: KubeObject[], name = ''): Record<string, string> {
  const { data = {}, stringData = {} } = named(objects, 'Secret', name) ?? {};
  const decoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  return { ...(Object.fromEntries(decoded) as Record<string, string>), ...stringData };
}

/** Every address in the configuration is one of a Service or its pod, at a port it has, or under the site's own. */
export const addressed = (objects: KubeObject[]) =>
  ofKind(objects, 'ConfigMap').flatMap(({ metadata, data }) =>
    Object.entries(data).flatMap(([key, value]) =>
      hostsIn(value)
        .filter((host) => !isService(objects, host) && !isSite(objects, value))
        .map((host) => `${metadata.name}.${key} means ${host}, which is not there`),
    ),
  );

/** Like `auth-mongo-0.auth-mongo-srv:27017`; none in what is no address. */
function hostsIn(value: string): string[] {
  const hosts = /^\w+:\/\/([^/]+)/.exec(value)?.[1];
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
  const hosts = ofKind(objects, 'Ingress').flatMap(({ spec }) => spec.rules.map((rule) => rule.host));
  return hosts.includes(host) && routesOf(objects).some(({ path }) => path !== '/' && path.startsWith(pathname));
}
