import type { Logger } from './logger';

/** Work that a service does by itself, again and again: `every` milliseconds, never twice at once. */
export interface Task {
  name: string;
  every: number;
  run(): Promise<unknown>;
}

/** Runs a task again and again. Returns what ends it, and resolves once the run that is under way is done. */
export function repeat({ name, every, run }: Task, log: Logger) {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= run()
      .then(() => undefined)
      .catch((error: unknown) => log.warn({ err: error, task: name }, 'task failed, it runs again'))
      .finally(() => (running = undefined));
  }, every);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
