import {
  ListingInput,
  toMajor,
  type DescriptionReview,
  type EventDetails,
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

/** A listing's details in JSON: times are ISO 8601. */
type Details = EventDetails & Omit<Listing, keyof EventDetails>;
const detail = (value: Listing[keyof Listing] | undefined) =>
  value instanceof Date ? value.toISOString() : (value ?? null);

type Public = keyof Listing | 'userId' | 'edition' | 'status' | 'orderId' | 'heldUntil';
type PublicDelivery = 'delivered' | 'deliveredAt' | 'deliverBy' | 'missedAt' | 'readAt';

function detailsOf(ticket: Partial<Listing>): Details {
  const details: Partial<Record<keyof Listing, unknown>> = {};
  for (const field of fields) details[field] = detail(ticket[field]);
  return details as Details;
}

/** Fields shared by the event and the API. Spreads of objects this wide take four times as long, for each ticket of a list. */
const shared = (ticket: Pick<Ticket, Public | PublicDelivery>) =>
  Object.assign(detailsOf(ticket), {
    category: ticket.category ?? 'other',
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

export const toData = (id: string, ticket: Ticket): TicketData =>
  Object.assign(
    shared(ticket),
    {
      id,
      description: shownOf(ticket),
      seq: ticket.followed.seq,
      withdrawing: ticket.withdrawing,
      faceValue: ticket.faceValue ?? null,
    },
    withdrawalOf(ticket),
    marksOf(ticket),
  );

const marksOf = ({ erasedAt, isVoid }: Ticket): Pick<TicketData, 'isErased' | 'isRefunded'> => ({
  ...(erasedAt && { isErased: true }),
  ...(isVoid && { isRefunded: true }),
});

/** Delivery fields for the seller and the buyer only: the others say what a buyer needs to know beforehand. */
export const UNTOLD = {
  deliverBy: null,
  missedAt: null,
  readAt: null,
  isRefunded: false,
} satisfies Partial<TicketBody>;

/** @param viewer who will see it: only the seller and the buyer see how the delivery went */
export const toBody = (ticket: Shown, viewer?: string): TicketBody =>
  Object.assign(
    shared(ticket),
    {
      isRefunded: ticket.isVoid ?? false,
      id: ticket._id.toString(),
      price: toMajor(ticket.price),
      faceValue: ticket.faceValue ? toMajor(ticket.faceValue) : null,
      version: ticket.version,
    },
    viewer === ticket.userId ? toSeller(ticket) : { description: shownOf(ticket) },
    viewer !== undefined && (viewer === ticket.userId || viewer === ticket.buyerId) ? {} : UNTOLD,
  );

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
