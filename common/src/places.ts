/** Limits in total and per holder. */
export interface Limits {
  total: number;
  each: number;
}

/** Limited places, of which no single holder can take all. */
export class Places {
  private readonly held = new Map<string, number>();
  private taken = 0;

  constructor(private readonly limits: Limits) {}

  /** Whether all places are taken. */
  get full(): boolean {
    return this.taken >= this.limits.total;
  }

  /** Takes a place for a holder: returns a function that frees it (call once), or undefined if none is left. */
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
