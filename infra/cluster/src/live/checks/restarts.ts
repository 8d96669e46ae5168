import { eventually } from '@ticketing/e2e';
import type { Progress } from '../checklist';
import type { Workload } from '../kubectl';
import { isKept, persisted } from '../persistence';
import type { LiveSystem } from '../system';
import { purchase, type Witness } from '../witness';

const BACK_WITHIN_MS = 180_000;
const KEPT_WITHIN_MS = 60_000;

/**
 * Deletes a pod, waits for its replacement, checks that its data is there, and buys something.
 * @throws Error if it does not come back, has lost data, or buying no longer works
 */
export async function podComesBack(
  system: LiveSystem,
  workload: Workload,
  witness: Witness,
  progress: Progress,
): Promise<string> {
  const { name } = workload.metadata;
  const recall = persisted[name];
  const before = await recall?.(system, witness);
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  await replacePod(system, workload);
  const back = seconds();
  progress(`back after ${back}`);
  if (recall) {
    await eventually(async () => {
      const after = await recall(system, witness);
      if (!isKept(before, after))
        throw new Error(`${name} held ${JSON.stringify(before)}, and now ${JSON.stringify(after)}`);
    }, KEPT_WITHIN_MS);
  }
  await purchase(system.entrance.url);
  return `${recall ? 'its data is there' : 'it stores nothing'}, ready after ${back}, next purchase complete after ${seconds()}`;
}

async function replacePod({ kubectl }: LiveSystem, workload: Workload): Promise<void> {
  const [old] = await kubectl.podsOf(workload);
  if (!old) throw new Error(`There is no pod of ${workload.metadata.name}`);
  await kubectl.call(['delete', 'pod', old.metadata.name], { timeoutMs: BACK_WITHIN_MS });
  await eventually(async () => {
    const pods = await kubectl.podsOf(workload);
    const ready = pods.filter(({ status }) =>
      status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
    );
    const replaced =
      ready.length === workload.spec.replicas && ready.every(({ metadata }) => metadata.uid !== old.metadata.uid);
    if (!replaced)
      throw new Error(`${ready.length} of ${workload.spec.replicas} pods of ${workload.metadata.name} are ready`);
  }, BACK_WITHIN_MS);
}
