import type { Progress } from '../checklist';
import type { Kubectl } from '../kubectl';

const READY_WITHIN_S = 420;

/**
 * Waits until every pod of every workload is ready.
 * @throws Error that names the late one
 */
export async function untilAllReady(kubectl: Kubectl, progress: Progress): Promise<string> {
  const workloads = await kubectl.workloads();
  for (const workload of workloads) {
    await kubectl.untilRolledOut(workload, READY_WITHIN_S);
    progress(`${workload.metadata.name} is ready`);
  }
  const pods = (await Promise.all(workloads.map(kubectl.podsOf))).flat();
  const restarts = pods
    .flatMap(({ status }) => status.containerStatuses ?? [])
    .reduce((sum, each) => sum + each.restartCount, 0);
  return `${pods.length} pods of ${workloads.length} workloads, ${restarts} restarts`;
}
