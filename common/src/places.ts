/** How many places there are in all, and for each holder. */
export interface Limits {
  total: number;
  each: number;
}

/** Places of which no holder can take all. */
export class Places {
  private readonly held = new Map<string, number>();
  private taken = 0;

  constructor(private readonly limits: Limits) {}

  /** Whether no place is left for anyone. */
  get full(): boolean {
    return this.taken >= this.limits.total;
  }

  /** Takes a place for a holder: gives what gives it back, to be called once, or undefined where none is left. */
  take(holder: string): (() => void) | undefined {
    const held = this.held.get(holder) ?? 0;
    if (this.full || held >= this.limits.each) return undefined;
    this.taken++;
    this.held.set(holder, held + 1);
    return () => {
      this.taken--;
      const left = (this.held.get(holder) ?? 1) - 1;
      if (left > 0) this.held.set(holder, left);
      else this.held.delete(holder);
    };
  }
}
