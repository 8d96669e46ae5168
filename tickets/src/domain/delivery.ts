import {
  isPromiseOpen,
  lifetimes,
  PROMISE_DUE_BEFORE,
  PROMISE_SOLD_BEFORE,
  Refusal,
  type Listing,
  type TicketStatus,
} from '@ticketing/common/contract';
import { FOREVER } from './search';
import { SEAT, seatKeys } from './seats';

/** Who may hand over what for a listing, until when, and who may read it. Content itself never passes through here. */

const CONTENT_TYPES = ['pdf', 'png', 'jpeg', 'pkpass', 'transfer'] as const;
export type ContentType = (typeof CONTENT_TYPES)[number];

/** Judged content: where it is stored, and the keys that no other listing may have. */
export interface Content {
  fileId: string;
  type: ContentType;
  /** Whether a barcode was read in it; null for a transfer. */
  isScanned: boolean | null;
  keys: string[];
  /** Keys that other listings of the same seller may share, if each also has its own code. */
  sharedKeys?: string[];
}

/** The latest reads of a delivery: when, and by whom. */
export interface Read {
  at: Date;
  by: 'seller' | 'buyer';
}

/** The changes to a listing's delivery. */
export interface Delivery {
  delivered: Pick<Content, 'fileId' | 'type' | 'isScanned'> | null;
  deliveredAt: Date | null;
  /** The deadline of promised content, while it is owed to a buyer. */
  deliverBy: Date | null;
  missedAt: Date | null;
  /** When its buyer first read it. */
  readAt: Date | null;
  /** The buyer of its complete order. */
  buyerId: string | null;
  /** Its sale was refunded: nobody can read the content any more. */
  isVoid: boolean;
  /** When it was sold or withdrawn. */
  endedAt: Date | null;
  /** Seat, content and barcodes: no two live or sold listings have one in common. */
  uniqueKeys: string[];
}

/** The parts of a listing that deliveries need. Listings from older versions have none of a delivery's fields. */
export interface Deliverable extends Listing, Partial<Delivery> {
  /** For sale until then. Null once sold, withdrawn or past. */
  sellsUntil: Date | null;
  /** The seller. */
  userId: string;
  status: TicketStatus;
  /** While held: when the buyer's time is up. */
  heldUntil: Date | null;
  /** Number of the seller's edits, from 0, replaced content included. */
  edition: number;
  /** Its seller withdrew it while an order we had not heard of was holding it. */
  withdrawing: boolean;
}

type Sale = Pick<Listing, 'startsAt' | 'delivery'> & Partial<Pick<Delivery, 'deliveredAt'>>;

/** Until when a listing is sold: an unfulfilled promise needs time. */
export function soldUntil(ticket: Sale): Date {
  if (!ticket.startsAt) return FOREVER;
  return isPromiseOpen(ticket) ? new Date(ticket.startsAt.getTime() - PROMISE_SOLD_BEFORE) : ticket.startsAt;
}

const CODE = 'code ';

/**
 * The keys under which content is listed. An order's number is on each of its tickets: it stays with the seller's
 * listing that already has it, if that one also has its own code. Nobody else can list it.
 * @param others other listings of the same seller that have one of its shared keys
 */
export function keysBeside({ keys, sharedKeys = [] }: Content, others: Pick<Deliverable, 'uniqueKeys'>[]): string[] {
  const isOwnCode = (key: string) => key.startsWith(CODE) && !sharedKeys.includes(key);
  const left = others.map(({ uniqueKeys = [] }) => uniqueKeys).filter((theirs) => theirs.some(isOwnCode));
  return [...keys, ...sharedKeys.filter((key) => !left.flat().includes(key))];
}

/** Keys of an edited listing: its seat may have changed, its content has not. */
export const rekeyed = (ticket: Pick<Deliverable, 'uniqueKeys'>, listing: Listing): string[] => [
  ...seatKeys(listing),
  ...contentKeysOf(ticket),
];

const contentKeysOf = ({ uniqueKeys = [] }: Pick<Deliverable, 'uniqueKeys'>) =>
  uniqueKeys.filter((key) => !key.startsWith(SEAT));

/**
 * Whether a caller may hand over content now. Buyers get what they saw: content can be replaced until the ticket is
 * held. If there is none yet, it is still owed, and may come while the ticket is held or sold.
 */
export function deliverable(ticket: Deliverable | null, caller: string): Deliverable {
  if (!ticket) throw new Refusal('ticket-not-found');
  if (ticket.userId !== caller) throw new Refusal('listing-not-yours');
  if (ticket.isVoid) throw new Refusal('delivery-void');
  if (ticket.missedAt) throw new Refusal('delivery-missed');
  if (ticket.status === 'withdrawn' || (ticket.withdrawing && ticket.status !== 'sold'))
    throw new Refusal('listing-withdrawn');
  if (!ticket.deliveredAt || ticket.status === 'available') return ticket;
  if (ticket.status === 'sold') throw new Refusal('delivery-final');
  throw new Refusal('listing-held', { params: { until: ticket.heldUntil?.toISOString() ?? '' } });
}

/** Hands over content, or replaces it, which makes a new edition: buyers have seen what was found in the old one. */
export function deliver(ticket: Deliverable | null, caller: string, content: Content, now: Date): Partial<Deliverable> {
  const before = deliverable(ticket, caller);
  const { fileId, type, isScanned, keys } = content;
  const isOpen = before.status !== 'sold';
  return {
    delivered: { fileId, type, isScanned },
    deliveredAt: now,
    deliverBy: null,
    uniqueKeys: [...new Set([...seatKeys(before), ...keys])],
    ...(isOpen && { sellsUntil: soldUntil({ ...before, deliveredAt: now }) }),
    ...(before.deliveredAt && { edition: editionOf(before) + 1 }),
  };
}

/** A caller's role for a listing's content: its seller, its buyer, or undefined if they may not read it. */
export function readerOf(ticket: Partial<Deliverable> | null, caller: string): 'seller' | 'buyer' | undefined {
  if (!ticket?.delivered || ticket.isVoid) return undefined;
  if (ticket.userId === caller) return 'seller';
  return ticket.status === 'sold' && ticket.buyerId === caller ? 'buyer' : undefined;
}

/** Whether a buyer has paid for it and not been refunded. */
export const isPaid = (ticket: Pick<Deliverable, 'status' | 'isVoid'> | null): boolean =>
  ticket?.status === 'sold' && !ticket.isVoid;

/** Listings older than edition counting have none. */
export const editionOf = ({ edition }: { edition?: number }): number => edition ?? 0;

/** What a sale does to a delivery: who may read it, and by when it is due if it was promised. */
export function sold(ticket: Deliverable, buyerId: string, soldAt: Date, windowMs: number): Partial<Deliverable> {
  const sale = { buyerId, endedAt: soldAt };
  if (!isPromiseOpen(ticket) || ticket.missedAt) return sale;
  const due = soldAt.getTime() + windowMs;
  const latest = ticket.startsAt ? ticket.startsAt.getTime() - PROMISE_DUE_BEFORE : Infinity;
  return { ...sale, deliverBy: ticket.deliverBy ?? new Date(Math.min(due, latest)) };
}

/** The deadline of a promised delivery has passed: from now on nothing can be handed over. */
export const miss = ({ deliverBy }: Pick<Deliverable, 'deliverBy'>, now: Date): Partial<Deliverable> | undefined =>
  deliverBy && deliverBy <= now ? { missedAt: now, deliverBy: null } : undefined;

const { deliveryWithdrawn: KEPT_UNSOLD, deliveryAfterEvent: KEPT_SOLD } = lifetimes;
const LOOK_AGAIN = 86_400_000;

/**
 * When to check a file again; undefined if it should be deleted: no listing has it, or its time is over. Sold content
 * is kept a year after its event (or its sale, without a date), that of withdrawn and unsold listings 30 days.
 */
export function keptUntil(ticket: Partial<Deliverable> | null, fileId: string, now: Date): Date | undefined {
  if (ticket?.delivered?.fileId !== fileId) return undefined;
  const { status, startsAt, endedAt, deliveredAt } = ticket;
  const end = endedAt ?? deliveredAt ?? now;
  const ends = {
    sold: (startsAt ?? end).getTime() + KEPT_SOLD,
    withdrawn: end.getTime() + KEPT_UNSOLD,
    available: (startsAt ?? FOREVER).getTime() + KEPT_UNSOLD,
    held: Infinity,
  }[status ?? 'held'];
  if (ends <= now.getTime()) return undefined;
  return new Date(Math.min(ends, now.getTime() + LOOK_AGAIN));
}
