import { named, ofKind, type KubeObject } from './kube';

/** A path of the site and its backend. */
export interface Route {
  path: string;
  service: string;
  port: number;
}

/** The routes of the Ingress, or of the HTTPRoute that replaces it. */
export const routesOf = (objects: KubeObject[]): Route[] => [
  ...ofKind(objects, 'Ingress').flatMap(({ spec }) =>
    spec.rules.flatMap(({ http }) =>
      http.paths.map(({ path, backend: { service } }) => ({ path, service: service.name, port: service.port.number })),
    ),
  ),
  ...ofKind(objects, 'HTTPRoute').flatMap(({ spec }) =>
    spec.rules.flatMap(({ matches = [], backendRefs = [] }) =>
      matches.flatMap(({ path }) => backendRefs.map(({ name, port }) => ({ path: path.value, service: name, port }))),
    ),
  ),
];

/** Every path leads to a port that a Service has (`selecting` checks the pods behind it). */
export const leading = (objects: KubeObject[]) =>
  routesOf(objects)
    .filter(({ service, port }) => !named(objects, 'Service', service)?.spec.ports.some((each) => each.port === port))
    .map(({ path, service, port }) => `${path} leads to ${service}:${port}, which does not exist`);

/** One Ingress for the host, of the class nginx, with TLS and without annotations for one kind of controller. */
export const portable = (objects: KubeObject[]) =>
  ofKind(objects, 'Ingress').flatMap(({ metadata, spec }, index) => {
    const hosts = spec.rules.map(({ host }) => host);
    return [
      ...(index === 0 ? [] : ['there is more than one Ingress']),
      ...(Object.keys(metadata.annotations ?? {}).length === 0 ? [] : ['the Ingress has annotations']),
      ...(spec.ingressClassName === 'nginx' ? [] : ['the Ingress is not of the class nginx']),
      ...(spec.tls[0]?.secretName && spec.tls[0].hosts.join() === hosts.join() ? [] : ['TLS is not for the host']),
      ...(spec.rules.every(({ http }) => http.paths.every(({ pathType }) => pathType === 'Prefix'))
        ? []
        : ['a path is not a prefix']),
    ];
  });

/** Event streams last as long as their reader: no timeout on their routes. */
export const lasting = (objects: KubeObject[]) =>
  ofKind(objects, 'HTTPRoute').flatMap(({ spec }) =>
    spec.rules
      .filter(
        ({ matches = [], timeouts }) =>
          matches.some(({ path }) => /tickets|orders/.test(path.value)) && timeouts?.request !== '0s',
      )
      .map(({ matches = [] }) => `${matches.map(({ path }) => path.value).join()} is cut by a time-out`),
  );
