import { toMinor } from '@ticketing/common';
import { Bank, eventually } from '@ticketing/e2e';
import type { Progress } from '../checklist';
import { Shoppers, type Tally } from '../shoppers';
import { behindEntrance, type LiveSystem } from '../system';

const PAIRS = 3;
const SETTLED_WITHIN_MS = 90_000;
const ENDED_WITHIN_MS = 60_000;
const SHOWN = 5;

/**
 * Rolling restart of all services and the site, while people list and buy continuously.
 * @throws Error if a request got no response or a wrong one, or an order or its money is in a wrong state
 */
export async function rollingRestart(system: LiveSystem, progress: Progress): Promise<string> {
  const shoppers = new Shoppers(system.entrance.url, PAIRS);
  const restarted = await restartAll(system, shoppers.tally, progress).finally(() => shoppers.stop());
  const { answered, early, lost, bought } = shoppers.tally;
  if (lost.length > 0)
    throw new Error(`${lost.length} requests lost of ${answered + lost.length}: ${lost.slice(0, SHOWN).join(' | ')}`);
  await behindEntrance(system, ({ stripe }) => untilSettled(shoppers.tally, new Bank(stripe)));
  const patience = early > 0 ? `, ${early} retried while events were in flight` : '';
  return `${restarted}, ${answered} requests, 0 lost${patience}; ${bought.length} purchases, each complete and charged once`;
}

async function restartAll({ kubectl }: LiveSystem, { bought }: Tally, progress: Progress): Promise<string> {
  await untilMore(bought, 0);
  const workloads = (await kubectl.workloads()).filter(({ kind }) => kind === 'Deployment');
  await kubectl.call(['rollout', 'restart', ...workloads.map(({ metadata }) => `deployment/${metadata.name}`)]);
  for (const workload of workloads) {
    await kubectl.untilRolledOut(workload);
    await eventually(async () => {
      const left = (await kubectl.allPodsOf(workload)).length - workload.spec.replicas;
      if (left > 0) throw new Error(`${left} old pods of ${workload.metadata.name} do not terminate`);
    }, ENDED_WITHIN_MS);
    progress(`${workload.metadata.name} is restarted, ${bought.length} purchases so far`);
  }
  await untilMore(bought, bought.length);
  return `${workloads.length} Deployments restarted`;
}

const untilMore = (bought: unknown[], count: number) =>
  eventually(
    () => (bought.length > count ? Promise.resolve() : Promise.reject(new Error('Nobody can buy anything'))),
    SETTLED_WITHIN_MS,
  );

async function untilSettled({ bought }: Tally, bank: Bank): Promise<void> {
  for (const { buyer, order } of bought) {
    await eventually(async () => {
      const { status } = await buyer.order(order.id);
      if (status !== 'complete') throw new Error(`The order ${order.id} was paid and is ${status}`);
      const { captured, held, refunded } = await bank.moneyOf(order.id);
      const charged = captured === toMinor(order.ticket.price) && held === 0 && refunded === 0;
      if (!charged) throw new Error(`The order ${order.id}: captured ${captured}, held ${held}, refunded ${refunded}`);
    }, SETTLED_WITHIN_MS);
  }
}
