import { reach } from '@ticketing/e2e';
import type { Checklist } from './checklist';
import { arrowsBetweenPods, arrowsOfStranger } from './checks/arrows';
import { containersRunAsTheyShould } from './checks/containers';
import { purchasesThroughIngress } from './checks/journey';
import { podComesBack } from './checks/restarts';
import { rollingRestart } from './checks/rollout';
import { streamThroughIngress } from './checks/stream';
import type { Settings } from './config';
import { deploy } from './deploy';
import { findEntrance } from './entrance';
import { Kubectl } from './kubectl';
import { takeAway } from './namespace';
import type { Options } from './options';
import { withNamespace } from './probePod';
import { bringWitness } from './witness';

const NAMESPACE = 'ticketing-test';
const ELSEWHERE = 'ticketing-test-elsewhere';

/**
 * Tests the system on a real cluster, from building images to deleting pods, and removes it afterwards.
 * @throws Error if there is no point in continuing
 */
export async function testCluster(checklist: Checklist, settings: Settings, { keep, again }: Options): Promise<void> {
  const kubectl = new Kubectl(NAMESPACE);
  try {
    if (!again) await deploy(checklist, kubectl, settings);
    await testSystem(checklist, kubectl, settings);
  } finally {
    if (!keep) await checklist.last('cleaned up', () => takeAway(kubectl));
  }
}

async function testSystem(checklist: Checklist, kubectl: Kubectl, { ingressUrl }: Settings): Promise<void> {
  const system = { kubectl, entrance: await findEntrance(kubectl, ingressUrl) };
  reach(system.entrance.url, system.entrance.address);
  const workloads = await kubectl.workloads();
  const image =
    workloads.find(({ metadata }) => metadata.name === 'auth')?.spec.template.spec.containers[0]?.image ?? '';

  await Promise.all([
    checklist.check('system test through the Ingress', (progress) => purchasesThroughIngress(system, progress)),
    checklist.check('event stream through the Ingress', () => streamThroughIngress(system)),
  ]);
  await checklist.check('containers', (progress) => containersRunAsTheyShould(kubectl, image, progress));
  await checklist.check('policies between pods', (progress) => arrowsBetweenPods(kubectl, progress));
  await checklist.check('policies and a pod without a role', () => arrowsOfStranger(kubectl, kubectl, image));
  await checklist.check('policies and a pod of another namespace', () =>
    withNamespace(ELSEWHERE, (elsewhere) => arrowsOfStranger(kubectl, elsewhere, image)),
  );
  await checklist.check('rolling restart under load', (progress) => rollingRestart(system, progress));
  const witness = await bringWitness(system.entrance.url);
  for (const workload of workloads) {
    await checklist.check(`deleted pod of ${workload.metadata.name}`, (progress) =>
      podComesBack(system, workload, witness, progress),
    );
  }
}
