/**
 * Work that concurrent callers share. For each key it runs once at a time, and a caller's run begins after they asked:
 * what the current one has read may be older.
 */
export class Sharing<T> {
  private readonly running = new Map<string, Promise<T>>();
  private readonly next = new Map<string, Promise<T>>();

  /** The result of `work`, or of the `work` of whoever is already waiting for the current run to end. */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const next = this.next.get(key);
    if (next) return next;
    const current = this.running.get(key);
    if (!current) return this.start(key, work);
    const begin = () => {
      this.next.delete(key);
      return this.start(key, work);
    };
    const later = current.then(begin, begin);
    this.next.set(key, later);
    return later;
  }

  private start(key: string, work: () => Promise<T>): Promise<T> {
    const run = work().finally(() => this.running.delete(key));
    this.running.set(key, run);
    return run;
  }
}
