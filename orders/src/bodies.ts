import { EventDetails, toMajor, type OrderBody, type OrderData } from '@ticketing/common';
import type { Order } from './domain/order';

/** Orders as events and API bodies. */

/** A ticket as it was when held; `price` in minor units, or major ones for the API. */
const heldTicket = (ticket: Order['ticket'], price: number) => ({
  id: ticket.id,
  title: ticket.title,
  description: ticket.description ?? null,
  price,
  edition: ticket.edition ?? 0,
  ...EventDetails.parse(ticket),
});

export const toData = (id: string, { userId, status, reason, expiresAt, seq, ticket }: Order): OrderData => ({
  id,
  userId,
  status,
  reason,
  expiresAt: expiresAt.toISOString(),
  seq,
  completedAt: null,
  releaseAt: null,
  releasedAt: null,
  claim: null,
  ticket: { ...heldTicket(ticket, ticket.price), userId: ticket.userId },
});

export const bodyOf = ({ id, userId, status, reason, expiresAt, ticket }: OrderData, version: number): OrderBody => ({
  id,
  userId,
  status,
  reason,
  expiresAt,
  ticket: heldTicket(ticket, toMajor(ticket.price)),
  version,
});

export const toBody = (id: string, version: number, order: Order): OrderBody => bodyOf(toData(id, order), version);
