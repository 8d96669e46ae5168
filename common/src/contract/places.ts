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

/** Who takes a place: an account on a network (see `networkOf`), which may be shared by many. */
export interface Holder {
  id: string;
  network: string;
}

/** Limited places, of which neither an account nor all the accounts of one network can take all. */
export class SharedPlaces {
  private readonly accounts: Places;
  private readonly networks: Places;

  constructor({ total, ofAccount, ofNetwork }: { total: number; ofAccount: number; ofNetwork: number }) {
    this.accounts = new Places({ total, each: ofAccount });
    this.networks = new Places({ total, each: ofNetwork });
  }

  /** Whether all places are taken. */
  get full(): boolean {
    return this.accounts.full;
  }

  /** Takes a place, as in `Places`. */
  take({ id, network }: Holder): (() => void) | undefined {
    const leave = this.accounts.take(id);
    const leaveNetwork = leave && this.networks.take(network);
    if (!leaveNetwork) return void leave?.();
    return () => {
      leave();
      leaveNetwork();
    };
  }
}
