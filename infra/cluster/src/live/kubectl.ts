import { run } from './command';

/** The fields read from cluster objects. */
export interface KubeObject {
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
  };
}

export interface Container {
  name: string;
  image: string;
  ports?: { containerPort: number }[];
}

/** A Deployment or a StatefulSet. */
export interface Workload extends KubeObject {
  spec: {
    replicas: number;
    selector: { matchLabels: Record<string, string> };
    template: { spec: { containers: Container[] } };
  };
}

export interface Pod extends KubeObject {
  spec: { containers: Container[] };
  status: {
    podIP?: string;
    conditions?: { type: string; status: string }[];
    containerStatuses?: { restartCount: number }[];
  };
}

/** kubectl on one namespace of the cluster that KUBECONFIG names. */
export class Kubectl {
  constructor(readonly namespace: string) {}

  /** @throws Error with kubectl's last lines */
  call = (args: string[], options?: Parameters<typeof run>[2]) =>
    run('kubectl', ['-n', this.namespace, ...args], options);

  async list<T extends KubeObject>(kinds: string, ...args: string[]): Promise<T[]> {
    return (JSON.parse(await this.call(['get', kinds, '-o', 'json', ...args])) as { items: T[] }).items;
  }

  workloads = () => this.list<Workload>('deployments,statefulsets');

  /** A workload's pods, including terminating ones. */
  async allPodsOf({ spec }: Workload): Promise<Pod[]> {
    const labels = Object.entries(spec.selector.matchLabels).map(([key, value]) => `${key}=${value}`);
    return this.list<Pod>('pods', '-l', labels.join(','));
  }

  /** A workload's pods, without terminating ones. */
  podsOf = async (workload: Workload): Promise<Pod[]> =>
    (await this.allPodsOf(workload)).filter(({ metadata }) => !metadata.deletionTimestamp);

  /** Runs a command inside a container and returns its output. */
  exec = (pod: string, container: string, command: string[], timeoutMs?: number) =>
    this.call(['exec', pod, '-c', container, '--', ...command], { timeoutMs });

  /** Waits until a workload's newest pods are ready and no others are left. */
  untilRolledOut = (workload: Workload, timeoutSeconds = 300) =>
    this.call(['rollout', 'status', `${workload.kind}/${workload.metadata.name}`, `--timeout=${timeoutSeconds}s`], {
      timeoutMs: (timeoutSeconds + 10) * 1000,
    });
}
