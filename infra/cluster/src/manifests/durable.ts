import { ofKind, workloads, type Container, type KubeObject } from './kube';

/** Accepted data is kept, and only ready pods get requests. Each rule returns what violates it, as text. */

/** By server image: the arguments it needs, and where its data is. */
const servers: Record<string, { args: RegExp[]; data: string }> = {
  'nats-streaming': {
    args: [
      /-store=file/,
      ...['channels', 'subs', 'msgs', 'bytes'].map((limit) => RegExp(`-max_${limit}=0 `)),
      /-max_age=0s/,
    ],
    data: '/data',
  },
  redis: { args: [/--appendonly yes/, /--appendfsync everysec/, /--maxmemory-policy noeviction/], data: '/data' },
  mongo: { args: [], data: '/data/db' },
};

/** Each server writes to a volume that outlives its pod, and discards nothing on its own. */
export const durable = (objects: KubeObject[]): string[] =>
  workloads(objects).flatMap(({ metadata, spec }) =>
    spec.template.spec.containers.flatMap((container) => {
      const server = servers[container.image.split(/[:@]/)[0] ?? ''];
      if (!server) return [];
      const said = `${wordsOf(container)} `;
      const volume = container.volumeMounts?.find(({ mountPath }) => mountPath === server.data)?.name;
      const isKept = spec.volumeClaimTemplates?.some(({ metadata: { name } }) => name === volume);
      return [
        ...server.args.filter((arg) => !arg.test(said)).map(({ source }) => `${metadata.name} lacks ${source.trim()}`),
        ...(isKept ? [] : [`${metadata.name} loses ${server.data} with its pod`]),
      ];
    }),
  );

const wordsOf = ({ command = [], args = [] }: Container) => [...command, ...args].join(' ');

/** No service is without a ready pod during a rollout; readiness and liveness are separate endpoints. */
export const serving = (objects: KubeObject[]): string[] =>
  ofKind(objects, 'Deployment').flatMap(({ metadata: { name }, spec: { strategy, template } }) => {
    if (name === 'stripe-emulator') return [];
    const [container] = template.spec.containers;
    const ready = name === 'client' ? '/healthz' : '/readyz';
    return [
      ...(strategy?.rollingUpdate?.maxUnavailable === 0 ? [] : [`${name} is unavailable during a rollout`]),
      ...(container?.readinessProbe?.httpGet?.path === ready ? [] : [`${name} gets requests before it is ready`]),
      ...(container?.livenessProbe?.httpGet?.path === '/healthz'
        ? []
        : [`${name} is killed when its dependencies fail`]),
    ];
  });
