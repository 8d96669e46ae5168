import { ApiError } from '@/lib/api/errors';

/** What a buyer saw of a listing: its price, and its edition, if the API provides it. */
export interface SeenListing {
  price: number;
  edition?: number;
}

/** The part of a ticket that a buyer agreed to. */
export const seenOf = ({ price, edition }: SeenListing): SeenListing => ({ price, edition });

/** The current listing, if an order was refused because its buyer saw an older one; otherwise undefined. */
export function changedListing(error: unknown): SeenListing | undefined {
  if (!(error instanceof ApiError)) return undefined;
  // An API without editions never returns this.
  const refusal = error.errors.find(({ code }) => (code as string) === 'listing-changed');
  const price = Number(refusal?.params?.price);
  if (!refusal || !(price > 0)) return undefined;
  const edition = Number(refusal.params?.edition);
  return { price, edition: Number.isInteger(edition) ? edition : undefined };
}
