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
