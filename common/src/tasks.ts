import type { mongo } from 'mongoose';
import type { Logger } from './logger';

/** Recurring work of a service: every `every` milliseconds, never concurrently. */
export interface Task {
  name: string;
  every: number;
  run(): Promise<unknown>;
}

/** Runs a task repeatedly. Returns a function that stops it and resolves once the current run is done. */
export function repeat({ name, every, run }: Task, log: Logger) {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= run()
      .then(() => undefined)
      .catch((error: unknown) => log.warn({ err: error, task: name }, 'task failed, will run again'))
      .finally(() => (running = undefined));
  }, every);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/** Does something with each item, in parallel; failures do not stop the others. */
export async function allOf<T>(items: T[], work: (item: T) => Promise<unknown>) {
  const failed = (await Promise.allSettled(items.map(work))).filter((result) => result.status === 'rejected');
  if (failed.length === 1) throw failed[0]?.reason;
  if (failed.length > 1) throw new AggregateError(failed.map(({ reason }) => reason as unknown));
}

/** A cursor's results, one batch at a time. */
export async function* batchesOf<T>(cursor: mongo.FindCursor<T>): AsyncGenerator<T[]> {
  for await (const first of cursor) yield [first, ...cursor.readBufferedDocuments()];
}

/**
 * Does something with each result of a cursor, those of a batch in parallel. Failures, however many, do not
 * stop the others.
 */
export async function allFound<T>(cursor: mongo.FindCursor<T>, work: (item: T) => Promise<unknown>) {
  const failed: unknown[] = [];
  for await (const batch of batchesOf(cursor)) await allOf(batch, work).catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw failed.length === 1 ? failed[0] : new AggregateError(failed);
}
