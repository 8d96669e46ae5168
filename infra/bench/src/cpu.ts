import { cpuMs } from './processes';
import type { CpuPerHold } from './result';

/**
 * Starts measuring processes' CPU time; the returned function gives what each has used since, in milliseconds per
 * hold.
 */
export function countCpu(pids: Record<string, number>): (holds: number) => CpuPerHold {
  const before = Object.entries(pids).map(([name, pid]) => ({ name, pid, ms: cpuMs(pid) }));
  return (holds) => Object.fromEntries(before.map(({ name, pid, ms }) => [name, (cpuMs(pid) - ms) / holds]));
}

/** The total of all processes. */
export function totalCpu(cpuPerHold: CpuPerHold): number {
  return Object.values(cpuPerHold).reduce((total, ms) => total + ms, 0);
}
