import { request } from 'undici';

/** Sums of a service's metrics by name, over all labels. */
export type Metrics = Map<string, number>;

const TYPE = /^# TYPE (\S+) /;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{.*\})?\s+(\S+)(?:\s+\d+)?$/;

/** Reads Prometheus' text format. A metric that is declared but has no sample yet is 0. */
export function parseMetrics(text: string): Metrics {
  const sums: Metrics = new Map();
  for (const line of text.split('\n')) {
    const [, name, value = 0] = SAMPLE.exec(line.trim()) ?? TYPE.exec(line) ?? [];
    if (name) sums.set(String(name), (sums.get(name) ?? 0) + Number(value));
  }
  return sums;
}

/** Fetches a service's metrics from its own port. */
export async function readMetrics(origin: string): Promise<Metrics> {
  const { statusCode, body } = await request(`${origin}/metrics`);
  const text = await body.text();
  if (statusCode !== 200)
    throw new Error(`${origin}/metrics answered ${statusCode}: the service must show its metrics`);
  return parseMetrics(text);
}
