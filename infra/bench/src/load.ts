import { Client } from 'undici';
import type { Call } from './http';
import { percentile } from './statistics';
import type { Origins } from './target';

/** Requests to send in sequence on each of several connections, as fast as they are answered. */
export interface Load {
  /** The system's origins; connections are distributed over them. */
  origins: Origins;
  connections: number;
  /** Returns the next request for a free connection; undefined ends the load. */
  next(): Call | undefined;
  /** After this many seconds no more requests are sent; without it, only `next` ends the load. */
  seconds?: number;
  /** Called with the body of each expected response. */
  answered?(body: string, call: Call): void;
}

/** The result of a load. */
export interface LoadResult {
  /** From the first request to the last response. */
  seconds: number;
  /** Responses per second with an expected status. */
  rate: number;
  /** Response times of all answered requests, in milliseconds. */
  latency: { median: number; p99: number };
  /** Count of each expected status. */
  statuses: Record<string, number>;
  /** Count of each other status or connection failure. */
  wrong: Record<string, number>;
}

/** Applies a load and resolves once everything is answered. */
export async function applyLoad(load: Load): Promise<LoadResult> {
  const tally: Tally = { latencies: [], statuses: {}, wrong: {} };
  const started = performance.now();
  const deadline = load.seconds ? started + load.seconds * 1000 : Infinity;
  const connections = Array.from({ length: load.connections }, (_, index) =>
    keepSending(load, load.origins[index % load.origins.length] ?? load.origins[0], deadline, tally),
  );
  await Promise.all(connections);
  const seconds = (performance.now() - started) / 1000;
  const { latencies, statuses, wrong } = tally;
  const latency = { median: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
  return { seconds, rate: sum(statuses) / seconds, latency, statuses, wrong };
}

interface Tally extends Pick<LoadResult, 'statuses' | 'wrong'> {
  latencies: number[];
}

async function keepSending(load: Load, origin: string, deadline: number, tally: Tally): Promise<void> {
  const client = new Client(origin);
  for (let call = load.next(); call; call = performance.now() < deadline ? load.next() : undefined) {
    const { method, path, headers, body } = call;
    const sent = performance.now();
    try {
      const response = await client.request({ method, path, headers, body });
      const text = await response.body.text();
      tally.latencies.push(performance.now() - sent);
      const expected = call.expect.includes(response.statusCode);
      count(expected ? tally.statuses : tally.wrong, String(response.statusCode));
      if (expected) load.answered?.(text, call);
    } catch (error) {
      count(tally.wrong, (error as NodeJS.ErrnoException).code ?? String(error));
    }
  }
  await client.close();
}

/** Adds up counts by name. */
export function addCounts(all: Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const counts of all) for (const [key, number] of Object.entries(counts)) count(total, key, number);
  return total;
}

/** The requests of a list, each once, in order. */
export function eachOnce<Item>(items: Item[], toCall: (item: Item) => Call): () => Call | undefined {
  const rest = items.values();
  return () => {
    const { value, done } = rest.next();
    return done ? undefined : toCall(value);
  };
}

/** A number of requests, each created when its turn comes. */
export function times(number: number, toCall: () => Call): () => Call | undefined {
  let left = number;
  return () => (left-- > 0 ? toCall() : undefined);
}

function count(counts: Record<string, number>, key: string, number = 1): void {
  counts[key] = (counts[key] ?? 0) + number;
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, number) => total + number, 0);
}
