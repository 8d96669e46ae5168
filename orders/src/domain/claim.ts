import type { ClaimReason, ClaimStatus } from '@ticketing/common/contract';

/** A buyer's complaint about a complete order. */
export interface Claim {
  reason: ClaimReason;
  /** Null once the buyer's account is deleted. */
  text: string | null;
  status: ClaimStatus;
  openedAt: Date;
  /** Without the seller's answer by then, the buyer is refunded. */
  answerBy: Date;
  /** The seller's answer; null until there is one, and once their account is deleted. */
  answer: string | null;
  answeredAt?: Date;
  decidedAt?: Date;
}

/** A person's decision about an order. */
export interface Ruling {
  at: Date;
  by: string;
  decision: Verdict;
  why: string;
}

/** A person's decision that waits for another's; older ones, without `decision`, are refunds. */
export type Proposal = Omit<Ruling, 'decision'> & Partial<Pick<Ruling, 'decision'>>;

export type Verdict = Extract<ClaimStatus, 'refund' | 'pay'>;

export const isUndecided = (status?: ClaimStatus) => status === 'open' || status === 'answered';
