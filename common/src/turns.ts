/**
 * Runs work, so much at once. While more waits, its holders take turns: who asks for a hundred things waits for them,
 * and not everybody else.
 */
export class Turns {
  /** What waits, by holder; the first of them is the next. */
  private readonly waiting = new Map<string, (() => void)[]>();
  private running = 0;

  constructor(private readonly atOnce: number) {}

  /** Runs work when its holder's turn comes. How many wait is for the caller to bound. */
  async take<T>(holder: string, work: () => Promise<T>): Promise<T> {
    // Whose turn ends hands it to the next: so many as ran before run on.
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

  /** To the holder who has waited longest for a turn; behind all others then, if more of theirs waits. */
  private passOn() {
    const [next] = this.waiting;
    if (!next) return void this.running--;
    const [holder, queue] = next;
    this.waiting.delete(holder);
    queue.shift()?.();
    if (queue.length > 0) this.waiting.set(holder, queue);
  }
}
