import { BlockList } from 'node:net';
import {
  ofKind,
  selects,
  workloads,
  type KubeObject,
  type Labels,
  type Peer,
  type Policy,
  type PolicyPort,
} from './kube';

/** The other end of a connection: a pod, of the same namespace unless another is named, or an address. */
export type End = { labels: Labels; namespace?: string } | { address: string };

/** Whether the policies let a pod connect to another pod, or to an outside address, on a port. */
export function allows(objects: KubeObject[], source: End, target: End, port: number, protocol = 'TCP'): boolean {
  const policies = ofKind(objects, 'NetworkPolicy');
  return (
    passes(
      policies,
      'Egress',
      source,
      (spec) => (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports })),
      target,
      port,
      protocol,
    ) &&
    passes(
      policies,
      'Ingress',
      target,
      (spec) => (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports })),
      source,
      port,
      protocol,
    )
  );
}

/** For every pod, whatever no policy allows is denied, in both directions. */
export const covered = (objects: KubeObject[]) =>
  workloads(objects).flatMap(({ metadata, spec }) =>
    ['Ingress', 'Egress']
      .filter(
        (type) =>
          !ofKind(objects, 'NetworkPolicy').some((policy) => isFor(policy, type, spec.template.metadata.labels)),
      )
      .map((type) => `${metadata.name} has no ${type} policy`),
  );

const isFor = ({ spec }: Policy, type: string, labels: Labels) =>
  spec.policyTypes.includes(type) && selects(spec.podSelector, labels);

interface Rule {
  peers?: Peer[];
  ports?: PolicyPort[];
}

function passes(
  policies: Policy[],
  type: string,
  end: End,
  rulesOf: (spec: Policy['spec']) => Rule[],
  other: End,
  port: number,
  protocol: string,
): boolean {
  if ('address' in end || end.namespace) return true;
  const effective = policies.filter((policy) => isFor(policy, type, end.labels));
  if (effective.length === 0) return true;
  return effective
    .flatMap(({ spec }) => rulesOf(spec))
    .some(
      ({ peers, ports }) =>
        (!peers || peers.some((peer) => isMeant(peer, other))) &&
        (!ports || ports.some((each) => each.port === port && (each.protocol ?? 'TCP') === protocol)),
    );
}

function isMeant({ ipBlock, podSelector, namespaceSelector }: Peer, end: End): boolean {
  if ('address' in end)
    return (
      ipBlock !== undefined &&
      contains(ipBlock.cidr, end.address) &&
      !ipBlock.except?.some((part) => contains(part, end.address))
    );
  if (ipBlock) return false;
  const inNamespace = namespaceSelector
    ? end.namespace !== undefined && selects(namespaceSelector, { 'kubernetes.io/metadata.name': end.namespace })
    : end.namespace === undefined;
  return inNamespace && (!podSelector || selects(podSelector, end.labels));
}

function contains(cidr: string, address: string): boolean {
  const [network = '', bits] = cidr.split('/');
  const block = new BlockList();
  block.addSubnet(network, Number(bits));
  return block.check(address);
}
