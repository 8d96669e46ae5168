import { names } from '@ticketing/local';
import { forward, withForwards } from './forward';
import type { Entrance } from './entrance';
import type { Kubectl, Pod } from './kubectl';
import { emulator, mailbox } from './roles';

/** The system under test: deployed, ready, and how to reach it. */
export interface LiveSystem {
  kubectl: Kubectl;
  entrance: Entrance;
}

/** The URLs of what the Ingress does not lead to. */
interface Behind {
  stripe: string;
  mailbox: string;
  /** One for each pod of each service. */
  services: string[];
}

/** Opens connections past the Ingress while some work runs. */
export async function behindEntrance<T>({ kubectl }: LiveSystem, work: (behind: Behind) => Promise<T>): Promise<T> {
  const pods = (await kubectl.workloads()).map(async (workload) => ({
    name: workload.metadata.name,
    pods: await kubectl.podsOf(workload),
  }));
  const all = await Promise.all(pods);
  const open = (wanted: string[]) =>
    all.filter(({ name }) => wanted.includes(name)).flatMap((each) => each.pods.map((pod) => wayTo(kubectl, pod)));
  const opening = [...open([emulator]), ...open([mailbox]), ...open(names)];
  return withForwards(opening, ([stripe = '', mailbox = '', ...services]) => work({ stripe, mailbox, services }));
}

function wayTo(kubectl: Kubectl, { metadata, spec }: Pod) {
  const port = spec.containers[0]?.ports?.[0]?.containerPort;
  if (!port) throw new Error(`The pod ${metadata.name} names no port`);
  return forward(kubectl, `pod/${metadata.name}`, port);
}
