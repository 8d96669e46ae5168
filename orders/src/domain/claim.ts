import type { ClaimReason, ClaimStatus } from '@ticketing/common/contract';

/** A buyer's complaint about a complete order. */
export interface Claim {
  reason: ClaimReason;
  text: string;
  status: ClaimStatus;
  openedAt: Date;
  /** Without the seller's answer by then, the buyer is refunded. */
  answerBy: Date;
  /** What the seller answered; null before. */
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

/** A person's wish to refund an order, which waits for another's. */
export type Proposal = Omit<Ruling, 'decision'>;

export type Verdict = Extract<ClaimStatus, 'refund' | 'pay'>;

export const isUndecided = (status?: ClaimStatus) => status === 'open' || status === 'answered';
