import type { LeaverData } from '@ticketing/common/contract';

/** An account, as known to tickets. */
export interface Seller {
  /** Since when its address is confirmed. */
  confirmedAt: Date | null;
  /** Since when it is frozen by the support desk: its owner has nothing for sale. */
  frozenAt?: Date | null;
  /** When that was last heard: this service may have been down. */
  frozenHeardAt?: Date;
  /** Whether it will be deleted. */
  leaving?: Omit<LeaverData, 'id'> | null;
}
