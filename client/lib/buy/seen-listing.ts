import { ApiError } from '@/lib/api/errors';

/** What a buyer saw of a listing: what it costs, and which edition of it that was, where the API says so. */
export interface SeenListing {
  price: number;
  edition?: number;
}

/** What a buyer saw of a ticket, without the rest of it. */
export const seenOf = ({ price, edition }: SeenListing): SeenListing => ({ price, edition });

/** The listing as it is now, where an order was refused because its buyer saw another; else undefined. */
export function changedListing(error: unknown): SeenListing | undefined {
  if (!(error instanceof ApiError)) return undefined;
  // An API that does not count editions never says this.
  const refusal = error.errors.find(({ code }) => (code as string) === 'listing-changed');
  const price = Number(refusal?.params?.price);
  if (!refusal || !(price > 0)) return undefined;
  const edition = Number(refusal.params?.edition);
  return { price, edition: Number.isInteger(edition) ? edition : undefined };
}
