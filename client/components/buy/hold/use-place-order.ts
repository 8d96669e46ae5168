'use client';
import type { OrderBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { placeOrder } from '@/lib/api/browser';
import { changedListing, type SeenListing } from '@/lib/buy/seen-listing';

interface PlaceOrder {
  /**
   * Holds the ticket as seen and continues to its order. Rejects with an ApiError; resolves if the listing has changed.
   */
  place: (seen: SeenListing) => Promise<void>;
  /** The current listing, if it differs from what the buyer saw: they have to be asked. */
  changed?: SeenListing;
  /** The buyer no longer wants it. */
  forget: () => void;
}

/**
 * Holds a ticket. However often `place` is called, only one order is placed: further calls lead to the same one, until
 * a call fails.
 * @param isPassing this page only leads to the order: going back from there skips it
 */
export function usePlaceOrder(ticketId: string, isPassing: boolean): PlaceOrder {
  const router = useRouter();
  const placed = useRef<Promise<OrderBody>>(undefined);
  const [changed, setChanged] = useState<SeenListing>();
  async function place(seen: SeenListing) {
    placed.current ??= placeOrder(ticketId, seen);
    try {
      const { id } = await placed.current;
      if (isPassing) router.replace(`/orders/${id}`);
      else router.push(`/orders/${id}`);
    } catch (error) {
      placed.current = undefined;
      const now = changedListing(error);
      if (!now) throw error;
      setChanged(now);
    }
  }
  return {
    place,
    changed,
    forget: () => {
      setChanged(undefined);
      router.refresh();
    },
  };
}
