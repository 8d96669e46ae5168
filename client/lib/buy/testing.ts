import { EventDetails, type OrderBody } from '@ticketing/common/contract';

const ID = '6b0150640000000000000000';

/** An order as placed, without optional fields; `changes` override it. */
export const anOrder = (changes: Partial<OrderBody> = {}): OrderBody => ({
  id: ID,
  userId: ID,
  status: 'created',
  reason: null,
  expiresAt: new Date(Date.now() + 900_000).toISOString(),
  completedAt: null,
  refundedAt: null,
  deliverBy: null,
  deliveredAt: null,
  releaseAt: null,
  releasedAt: null,
  claim: null,
  ticket: { ...EventDetails.parse({}), id: ID, title: 'A concert', description: null, price: 20, edition: 0 },
  version: 0,
  ...changes,
});
