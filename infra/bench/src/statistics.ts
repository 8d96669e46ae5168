/**
 * The value not exceeded by a share of the numbers (nearest rank).
 * @param share from 0 to 1: 0.5 is the median, 0.99 the p99
 * @returns NaN if there are none
 */
export function percentile(figures: number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export function median(figures: number[]): number {
  return percentile(figures, 0.5);
}

/** The median of the rounds' ratios, so that machine drift from round to round cancels out. */
export function medianRatio(measured: number[], baseline: number[]): number {
  return median(measured.map((figure, round) => figure / (baseline[round] ?? NaN)));
}
