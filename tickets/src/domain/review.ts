import { Refusal, type ContactKind, type Listing } from '@ticketing/common/contract';
import { contactsIn } from './contacts';

/** Descriptions with contact details: only their seller sees them until the support desk has reviewed them. */

/** What was found in a description, and what was decided about it. */
export interface Review {
  status: 'waiting' | 'shown' | 'hidden';
  found: ContactKind[];
  since: Date;
  /** The reason for the decision. */
  reason: string | null;
}

interface Described {
  description: Listing['description'];
  review?: Review | null;
}

/**
 * The review that a description needs, if any. A decision stands while the text is the same.
 * @param isOn whether descriptions are reviewed
 */
export function reviewOf({ description }: Listing, before: Described | null, isOn: boolean, now: Date): Review | null {
  if (!description) return null;
  if (before?.review && before.description === description) return before.review;
  const found = isOn ? contactsIn(description) : [];
  return found.length > 0 ? { status: 'waiting', found, since: now, reason: null } : null;
}

/** A description as everyone may see it. */
export const shownOf = ({ description, review }: Described): string | null =>
  review && review.status !== 'shown' ? null : (description ?? null);

/** Shows or hides a description, whatever was found in it. Repeating a decision changes nothing. */
export function decideReview(
  { description, review: known }: Described,
  decision: 'show' | 'hide',
  reason: string,
  now: Date,
): { review: Review } | undefined {
  const isHideable = decision === 'hide' && description;
  const review = known ?? (isHideable ? { status: 'shown' as const, found: [], since: now, reason: null } : null);
  if (!review) throw new Refusal('review-not-found');
  const status = decision === 'show' ? 'shown' : 'hidden';
  return review.status === status ? undefined : { review: { ...review, status, reason } };
}
