import {
  ListingInput,
  toMajor,
  type DescriptionReview,
  type Listing,
  type NewEvent,
  type SupportListingBody,
  type TicketBody,
  type TicketData,
} from '@ticketing/common';
import { editionOf } from './domain/delivery';
import { shownOf, type Review } from './domain/review';
import { withdrawalOf } from './domain/support';
import type { Ticket } from './domain/ticket';
import type { Shown, StoredReport, StoredTicket } from './store';

/** Listings as events and API bodies. */

const fields = Object.keys(ListingInput.shape) as (keyof Listing)[];

type Public = keyof Listing | 'userId' | 'edition' | 'status' | 'orderId' | 'heldUntil';
type PublicDelivery = 'delivered' | 'deliveredAt' | 'deliverBy' | 'missedAt' | 'readAt';

/** In a loop, since each event and each entry of a list needs it. */
function listingOf(ticket: Partial<Listing>): Listing {
  const listing: Record<string, unknown> = {};
  for (const field of fields) listing[field] = ticket[field] ?? null;
  return listing as unknown as Listing;
}

/** Fields shared by the event and the API. */
const shared = (ticket: Pick<Ticket, Public | PublicDelivery>) => ({
  ...listingOf(ticket),
  category: ticket.category ?? 'other',
  startsAt: ticket.startsAt?.toISOString() ?? null,
  userId: ticket.userId,
  edition: editionOf(ticket),
  status: ticket.status,
  orderId: ticket.orderId,
  heldUntil: ticket.heldUntil?.toISOString() ?? null,
  deliveredAt: ticket.deliveredAt?.toISOString() ?? null,
  isScanned: ticket.delivered?.isScanned ?? null,
  deliverBy: ticket.deliverBy?.toISOString() ?? null,
  missedAt: ticket.missedAt?.toISOString() ?? null,
  readAt: ticket.readAt?.toISOString() ?? null,
});

export const toData = (id: string, ticket: Ticket): TicketData => ({
  id,
  ...shared(ticket),
  description: shownOf(ticket),
  seq: ticket.followed.seq,
  withdrawing: ticket.withdrawing,
  ...withdrawalOf(ticket),
  faceValue: ticket.faceValue ?? null,
  ...(ticket.erasedAt && { isErased: true }),
  ...(ticket.isVoid && { isRefunded: true }),
});

/** Delivery fields for the seller and the buyer only: the others say what a buyer needs to know beforehand. */
export const UNTOLD = {
  deliverBy: null,
  missedAt: null,
  readAt: null,
  isRefunded: false,
} satisfies Partial<TicketBody>;

/** @param viewer who will see it: only the seller and the buyer see how the delivery went */
export const toBody = (ticket: Shown, viewer?: string): TicketBody => ({
  ...shared(ticket),
  isRefunded: ticket.isVoid ?? false,
  ...(viewer === ticket.userId ? toSeller(ticket) : { description: shownOf(ticket) }),
  ...(viewer !== undefined && (viewer === ticket.userId || viewer === ticket.buyerId) ? {} : UNTOLD),
  id: ticket._id.toString(),
  price: toMajor(ticket.price),
  faceValue: ticket.faceValue ? toMajor(ticket.faceValue) : null,
  version: ticket.version,
});

/** Fields for the seller only: why others do not see the description, or why the listing was withdrawn. */
const toSeller = ({ review, withdrawnFor }: Shown): Partial<TicketBody> => ({
  ...(review && review.status !== 'shown' && { review: reviewBody(review, review.status) }),
  ...(withdrawnFor && { withdrawnFor }),
});

const reviewBody = ({ found, reason }: Review, status: DescriptionReview['status']): DescriptionReview => ({
  status,
  found,
  reason: status === 'hidden' ? reason : null,
});

/** A listing for the support desk. */
export const toSupport = (ticket: Shown, reports: StoredReport[]): SupportListingBody => ({
  ticket: toBody(ticket, ticket.userId),
  waiting: ticket.review?.status === 'waiting' ? (ticket.description ?? null) : null,
  withdrawnFor: ticket.withdrawnFor ?? null,
  reports: reports.map(({ _id, ticketId, reason, text, at }) => ({
    ...{ id: _id.toString(), ticketId, reason, text: text ?? null },
    at: at.toISOString(),
  })),
});

/** The events of a change: the listing's full state and, if the support desk has withdrawn it, that too. */
export function newsOf(id: string, ticket: Ticket): NewEvent[] {
  const data = toData(id, ticket);
  const updated = { subject: 'ticket:updated' as const, data };
  return data.withdrawnBy === 'support' ? [updated, { subject: 'ticket:withdrawn', data }] : [updated];
}

/** The events that describe a listing's full state. */
export const snapshot = (ticket: StoredTicket): NewEvent[] => newsOf(ticket._id.toString(), ticket);
