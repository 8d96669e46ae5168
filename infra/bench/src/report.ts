import os from 'node:os';
import { totalCpu } from './cpu';
import { isMet, type Aim, type CpuPerHold, type Figure, type Result } from './result';

/** The machine the numbers belong to. */
export function describeMachine() {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    memoryMb: Math.round(os.totalmem() / 1e6),
    node: process.version,
    platform: `${os.type()} ${os.release()}`,
    /** Load average of the last minute: more than a few tenths distort the numbers. */
    loadBefore: os.loadavg()[0] ?? NaN,
  };
}

/** The machine in one line. */
export function formatMachine({ cpu, cores, node, loadBefore }: ReturnType<typeof describeMachine>): string {
  return `${cpu}, ${cores} cores, Node ${node}; load before: ${loadBefore.toFixed(1)} of ${cores}`;
}

/** A scenario's results in readable form. */
export function formatResult({ figures, wrong, failure, cpuPerHoldMs }: Result): string {
  const isVoid = Object.keys(wrong).length > 0;
  const lines = figures.map((figure) => row(figure, isVoid));
  if (isVoid) lines.push(`  void: unexpected responses ${JSON.stringify(wrong)}`);
  if (failure) lines.push(`  failed: ${failure}`);
  if (cpuPerHoldMs) {
    lines.push(cpuLine('CPU per hold', cpuPerHoldMs.system), cpuLine('  of the baseline', cpuPerHoldMs.baseline));
  }
  return lines.join('\n');
}

/** The columns of `formatResult`. */
export const heading = columns('', 'measured', 'baseline', 'ratio', 'aim', '');

function row(figure: Figure, isVoid: boolean): string {
  const { name, unit, measured, baseline, ratio, aim } = figure;
  const withUnit = (value: number) => `${digits(value)} ${unit}`.trim();
  const verdict = isMet(figure) ? 'met' : 'NOT MET';
  return columns(
    name,
    withUnit(measured),
    baseline === undefined ? '' : withUnit(baseline),
    ratio === undefined ? '' : percent(ratio),
    aim ? formatAim(aim, unit) : '',
    isVoid ? 'void' : aim ? verdict : '',
  );
}

function columns(
  name: string,
  measured: string,
  baseline: string,
  ratio: string,
  aim: string,
  verdict: string,
): string {
  const numbers = [measured.padStart(10), baseline.padStart(10), ratio.padStart(6), aim.padStart(10)];
  return `${name.padEnd(58)} ${numbers.join(' ')}  ${verdict}`.trimEnd();
}

function formatAim({ of, atLeast, atMost }: Aim, unit: string): string {
  const value = (bound: number) => (of === 'ratio' ? percent(bound) : `${digits(bound)} ${unit}`.trim());
  if (atLeast === undefined) return atMost ? `≤ ${value(atMost)}` : 'none';
  return atLeast === atMost ? value(atLeast) : `≥ ${value(atLeast)}`;
}

function cpuLine(title: string, cpuPerHold: CpuPerHold): string {
  const parts = Object.entries(cpuPerHold)
    .filter(([, ms]) => ms >= 0.005)
    .sort(([, one], [, other]) => other - one);
  const shares = parts.map(([name, ms]) => `${name} ${ms.toFixed(2)}`);
  return `${title}: ${totalCpu(cpuPerHold).toFixed(2)} ms = ${shares.join(' + ')}`;
}

/** Three significant digits, more only before the decimal point. */
function digits(value: number): string {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(0)} %`;
}
