/** Names a running process beyond its pid, which the system may give to another one later; undefined if none runs. */
export function identify(pid: number): string | undefined;

/** Whether the very process that `identify` named still runs. */
export function isAlive(identity: string): boolean;

/**
 * Takes a lock file for this process; the lock of a process that has died counts for nothing.
 * @returns what releases it, or undefined while another process holds it
 */
export function tryLock(file: string): (() => void) | undefined;

/** Does `work` while this process alone holds the lock file; `onWait` is called once if another has it now. */
export function withLock<T>(file: string, onWait: () => void, work: () => Promise<T>): Promise<T>;
