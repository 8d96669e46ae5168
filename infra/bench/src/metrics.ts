import { request } from 'undici';

/** Sums of a service's metrics by name, over all labels. */
export type Metrics = Map<string, number>;

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{.*\})?\s+(\S+)(?:\s+\d+)?$/;

/** Reads Prometheus' text format. */
export function parseMetrics(text: string): Metrics {
  const sums: Metrics = new Map();
  for (const line of text.split('\n')) {
    const [, name, value] = SAMPLE.exec(line.trim()) ?? [];
    if (name) sums.set(name, (sums.get(name) ?? 0) + Number(value));
  }
  return sums;
}

/** Asks a service for its metrics, on its own port. */
export async function readMetrics(origin: string): Promise<Metrics> {
  const { statusCode, body } = await request(`${origin}/metrics`);
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${origin}/metrics answered ${statusCode}: the service must show its metrics`);
  return parseMetrics(text);
}
