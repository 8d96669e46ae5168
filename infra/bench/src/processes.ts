import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** Milliseconds in one tick of /proc's CPU clock. */
const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Ticks of CPU, user and system, in the text of /proc/PID/stat. The command in it may hold spaces and brackets. */
export function parseCpuTicks(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  if (Number.isNaN(user + system)) throw new Error(`No CPU times in "${stat}", which should be that of /proc/PID/stat`);
  return user + system;
}

/** Resident memory in MB (of 1,000,000 bytes) in the text of /proc/PID/status. */
export function parseResidentMb(status: string): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (!kilobytes) throw new Error('No VmRSS in the status of a process: it has ended');
  return (Number(kilobytes) * 1024) / 1e6;
}

/** A process's CPU time since its start, in milliseconds. */
export function cpuMs(pid: number): number {
  return parseCpuTicks(fs.readFileSync(`/proc/${pid}/stat`, 'utf8')) * TICK_MS;
}

/** A process's memory, in MB. */
export function residentMb(pid: number): number {
  return parseResidentMb(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
}
