import { cpuMs } from './processes';
import type { CpuPerHold } from './result';

/** Starts to count the CPU of some processes; the answer tells how much each took since, in milliseconds a hold. */
export function countCpu(pids: Record<string, number>): (holds: number) => CpuPerHold {
  const before = Object.entries(pids).map(([name, pid]) => ({ name, pid, ms: cpuMs(pid) }));
  return (holds) => Object.fromEntries(before.map(({ name, pid, ms }) => [name, (cpuMs(pid) - ms) / holds]));
}

/** What all processes took together. */
export function totalCpu(cpuPerHold: CpuPerHold): number {
  return Object.values(cpuPerHold).reduce((total, ms) => total + ms, 0);
}
