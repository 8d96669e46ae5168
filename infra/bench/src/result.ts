import type { Baseline } from './baseline';
import type { Market } from './market';
import type { Options } from './options';
import type { Target } from './target';

/** What a scenario measures with. */
export interface Bench {
  options: Options;
  target: Target;
  baseline: Baseline;
  market: Market;
}

/** A bound on what was measured, or on its ratio to the baseline. */
export interface Aim {
  of: 'measured' | 'ratio';
  atLeast?: number;
  atMost?: number;
}

/** One line of the report. */
export interface Figure {
  name: string;
  unit: string;
  measured: number;
  /** The same of what it is compared with. */
  baseline?: number;
  /** Measured to baseline: the median over rounds of their own ratios. */
  ratio?: number;
  /** Without one, the figure is only for information. */
  aim?: Aim;
}

/** CPU that each process took for one hold, in milliseconds. */
export type CpuPerHold = Record<string, number>;

/** What a scenario found. */
export interface Result {
  figures: Figure[];
  /** How often each wrong status came, of the system or the baseline. Any makes the figures void. */
  wrong: Record<string, number>;
  /** What the figures were made of, for the JSON. */
  raw?: unknown;
  /** Why it could not be measured to its end. */
  failure?: string;
  cpuPerHoldMs?: Record<'system' | 'baseline', CpuPerHold>;
}

export type Scenario = (bench: Bench) => Promise<Result>;

/** Whether a figure keeps its aim. */
export function isMet({ aim, ...figure }: Figure): boolean {
  if (!aim) return true;
  const value = figure[aim.of] ?? NaN;
  return value >= (aim.atLeast ?? -Infinity) && value <= (aim.atMost ?? Infinity);
}
