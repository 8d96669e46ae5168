import { eventually } from '@ticketing/e2e';
import type { Progress } from '../checklist';
import type { KubeObject, Kubectl, Pod } from '../kubectl';
import { mayReach, sources } from '../roles';
import { withProbePod } from '../probePod';

const PATIENCE_MS = 3_000;
/** Policies may take a moment to apply to a new pod. */
const ENFORCED_WITHIN_MS = 20_000;

/** Tries all addresses at once and prints those it reached; runs inside the pods. */
const TRY = `
const net = require('node:net');
const reach = (address) => new Promise((done) => {
  const socket = net.connect({ host: address.split(':')[0], port: Number(address.split(':')[1]), timeout: ${PATIENCE_MS} });
  const end = (reached) => { socket.destroy(); done(reached ? address : ''); };
  socket.once('connect', () => end(true)).once('timeout', () => end(false)).once('error', () => end(false));
});
Promise.all(process.argv.slice(1).map(reach)).then((all) => console.log(all.filter(Boolean).join()));
`;

/** A connection's target: a name such as `nats:4222`, and the address of one pod. */
interface Target {
  name: string;
  address: string;
}

/**
 * From a pod of every kind that contains Node, tries every port of every other, by address.
 * @throws Error that names each connection that is wrongly open or closed
 */
export async function arrowsBetweenPods(kubectl: Kubectl, progress: Progress): Promise<string> {
  const targets = await findTargets(kubectl);
  let [allowed, denied] = [0, 0];
  const wrong: string[] = [];
  for (const source of sources) {
    const [pod] = (await podsByRole(kubectl)).get(source) ?? [];
    if (!pod) throw new Error(`There is no pod of ${source}`);
    const others = targets.filter(({ name }) => !name.startsWith(`${source}:`));
    const reached = await tryAll(kubectl, pod.metadata.name, source, others);
    for (const { name } of others) {
      const expected = mayReach(source, name);
      if (expected) allowed += 1;
      else denied += 1;
      if (reached.has(name) !== expected) wrong.push(`${source} → ${name} is ${expected ? 'shut' : 'open'}`);
    }
    progress(`${source} reaches ${[...reached].join(' ')}`);
  }
  if (wrong.length > 0) throw new Error(wrong.join(', '));
  return `${allowed} allowed arrows got through, ${denied} others were blocked`;
}

/**
 * A pod without a role tries every port of the system.
 * @throws Error with those it reached
 */
export async function arrowsOfStranger(kubectl: Kubectl, home: Kubectl, image: string): Promise<string> {
  const targets = (await findTargets(kubectl)).filter(
    ({ name }) => home === kubectl || !name.startsWith('kubernetes:'),
  );
  return withProbePod(home, 'probe', image, () =>
    eventually(async () => {
      const reached = await tryAll(home, 'probe', 'probe', targets);
      if (reached.size > 0) throw new Error(`It reached ${[...reached].join(', ')}`);
      return `${targets.length} arrows tried, none got through`;
    }, ENFORCED_WITHIN_MS),
  );
}

async function tryAll(kubectl: Kubectl, pod: string, container: string, targets: Target[]): Promise<Set<string>> {
  const addresses = targets.map(({ address }) => address);
  const reached = (await kubectl.exec(pod, container, ['node', '-e', TRY, ...addresses])).trim().split(',');
  return new Set(targets.filter(({ address }) => reached.includes(address)).map(({ name }) => name));
}

/** One pod of each kind at all its ports, and the API of the cluster itself. */
async function findTargets(kubectl: Kubectl): Promise<Target[]> {
  const ends = [...(await podsByRole(kubectl))].flatMap(([role, [pod]]) =>
    portsOf(pod).map((port) => ({ name: `${role}:${port}`, address: `${pod?.status.podIP}:${port}` })),
  );
  const api = JSON.parse(
    await kubectl.call(['get', 'service', 'kubernetes', '-n', 'default', '-o', 'json']),
  ) as KubeObject & { spec: { clusterIP: string } };
  return [...ends, { name: 'kubernetes:443', address: `${api.spec.clusterIP}:443` }];
}

const portsOf = (pod?: Pod) =>
  (pod?.spec.containers ?? []).flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort));

async function podsByRole(kubectl: Kubectl): Promise<Map<string, Pod[]>> {
  const workloads = await kubectl.workloads();
  return new Map(
    await Promise.all(workloads.map(async (each) => [each.metadata.name, await kubectl.podsOf(each)] as const)),
  );
}
