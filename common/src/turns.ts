/**
 * Limits concurrent work. Waiting holders take turns: someone with a hundred requests waits for their own, without
 * delaying everyone else.
 */
export class Turns {
  /** Waiting work by holder; the first holder is next. */
  private readonly waiting = new Map<string, (() => void)[]>();
  private running = 0;

  constructor(private readonly atOnce: number) {}

  /** Runs work when it is its holder's turn. The caller must limit how many wait. */
  async take<T>(holder: string, work: () => Promise<T>): Promise<T> {
    // A finished turn passes to the next waiter, so the number running stays the same.
    if (this.running < this.atOnce) this.running++;
    else await this.turnOf(holder);
    try {
      return await work();
    } finally {
      this.passOn();
    }
  }

  private turnOf(holder: string): Promise<void> {
    return new Promise((begin) => {
      const queue = this.waiting.get(holder);
      if (queue) queue.push(begin);
      else this.waiting.set(holder, [begin]);
    });
  }

  /**
   * Passes the turn to the holder who has waited longest; if more of their work waits, they go to the back of the
   * queue.
   */
  private passOn() {
    const [next] = this.waiting;
    if (!next) return void this.running--;
    const [holder, queue] = next;
    this.waiting.delete(holder);
    queue.shift()?.();
    if (queue.length > 0) this.waiting.set(holder, queue);
  }
}
