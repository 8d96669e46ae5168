import {
  ListingInput,
  toMajor,
  type Listing,
  type NewEvent,
  type TicketBody,
  type TicketData,
} from '@ticketing/common';
import { editionOf } from './domain/delivery';
import type { Ticket } from './domain/ticket';
import type { Shown, StoredTicket } from './store';

/** Listings as events and API bodies. */

const fields = Object.keys(ListingInput.shape) as (keyof Listing)[];

type Public = keyof Listing | 'userId' | 'edition' | 'status' | 'orderId' | 'heldUntil';
type PublicDelivery = 'delivered' | 'deliveredAt' | 'deliverBy' | 'missedAt' | 'readAt';

/** Fields shared by the event and the API. */
const shared = (ticket: Pick<Ticket, Public | PublicDelivery>) => ({
  ...(Object.fromEntries(fields.map((field) => [field, ticket[field] ?? null])) as Listing),
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
  seq: ticket.followed.seq,
  withdrawing: ticket.withdrawing,
  faceValue: ticket.faceValue ?? null,
  ...(ticket.erasedAt && { isErased: true }),
});

/** What only the seller and the buyer learn of a delivery: the rest says what a buyer has to know. */
export const UNTOLD = {
  deliverBy: null,
  missedAt: null,
  readAt: null,
  isRefunded: false,
} satisfies Partial<TicketBody>;

/** @param viewer who will see it: only the seller and the buyer learn how the delivery went */
export const toBody = (ticket: Shown, viewer?: string): TicketBody => ({
  ...shared(ticket),
  isRefunded: ticket.isVoid ?? false,
  ...(viewer !== undefined && (viewer === ticket.userId || viewer === ticket.buyerId) ? {} : UNTOLD),
  id: ticket._id.toString(),
  price: toMajor(ticket.price),
  faceValue: ticket.faceValue ? toMajor(ticket.faceValue) : null,
  version: ticket.version,
});

/** The event that describes a listing's full state. */
export const snapshot = (ticket: StoredTicket): NewEvent => ({
  subject: 'ticket:updated',
  data: toData(ticket._id.toString(), ticket),
});
