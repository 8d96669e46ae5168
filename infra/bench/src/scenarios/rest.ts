import { readMetrics } from '../metrics';
import { residentMb } from '../processes';
import type { Figure, Result } from '../result';
import { partsOf, serviceOrigins } from '../target';
import { names, type Stack } from '@ticketing/local';

const counts = {
  'events whose listener failed': 'ticketing_events_failed_total',
  'events parked as dead letters': 'ticketing_events_parked_total',
  'events unsent': 'ticketing_outbox_unsent',
};

/**
 * State after all scenarios: memory, failures, unsent events, and parts that were restarted.
 * @param pids the parts' processes before the first scenario
 */
export async function atRest(stack: Stack, pids: Record<string, number>): Promise<Result> {
  const memory = names
    .flatMap((service) => partsOf(stack, service))
    .map(({ name, pid }): Figure => ({
      name: `memory of ${name}`,
      unit: 'MB',
      measured: pid ? residentMb(pid) : NaN,
      aim: { of: 'measured', atMost: 150 },
    }));
  const metrics = await Promise.all(names.flatMap((service) => serviceOrigins(stack, service)).map(readMetrics));
  const leftovers = Object.entries(counts).map(([name, metric]) => {
    const values = metrics.flatMap((service) => service.get(metric) ?? []);
    if (values.length === 0) throw new Error(`No service shows ${metric} at /metrics`);
    return none(
      name,
      values.reduce((sum, value) => sum + value, 0),
    );
  });
  const restarted = stack.parts.filter(({ name, pid }) => pids[name] !== pid);
  return { figures: [...memory, ...leftovers, none('parts that died', restarted.length)], wrong: {} };
}

function none(name: string, measured: number): Figure {
  return { name, unit: '', measured, aim: { of: 'measured', atMost: 0 } };
}
