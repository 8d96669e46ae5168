import type { LeaverData } from '@ticketing/common/contract';

/** An account, as known to tickets. */
export interface Seller {
  /** Since when its address is known to be its owner's. */
  confirmedAt: Date | null;
  /** Since when the support desk has it frozen: nothing of its owner's is for sale. */
  frozenAt?: Date | null;
  /** When that was heard last: a service may have been away. */
  frozenHeardAt?: Date;
  /** Whether it is to be deleted. */
  leaving?: Omit<LeaverData, 'id'> | null;
}
