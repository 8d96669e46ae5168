import type { Baseline } from './baseline';
import type { Market } from './market';
import type { Options } from './options';
import type { Target } from './target';

/** The context of a scenario. */
export interface Bench {
  options: Options;
  target: Target;
  baseline: Baseline;
  market: Market;
}

/** A limit on a measurement, or on its ratio to the baseline. */
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
  /** The baseline's value. */
  baseline?: number;
  /** Ratio to the baseline: the median of the rounds' ratios. */
  ratio?: number;
  /** Without one, the value is only informational. */
  aim?: Aim;
}

/** CPU time of each process per hold, in milliseconds. */
export type CpuPerHold = Record<string, number>;

/** A scenario's results. */
export interface Result {
  figures: Figure[];
  /** Count of each wrong status, of the system or the baseline. Any of them invalidates the results. */
  wrong: Record<string, number>;
  /** Raw data, for the JSON. */
  raw?: unknown;
  /** Why it could not be completed. */
  failure?: string;
  cpuPerHoldMs?: Record<'system' | 'baseline', CpuPerHold>;
}

export type Scenario = (bench: Bench) => Promise<Result>;

/** Whether a value meets its target. */
export function isMet({ aim, ...figure }: Figure): boolean {
  if (!aim) return true;
  const value = figure[aim.of] ?? NaN;
  return value >= (aim.atLeast ?? -Infinity) && value <= (aim.atMost ?? Infinity);
}
