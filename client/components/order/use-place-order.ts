'use client';
import type { OrderBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { placeOrder, type Seen } from '@/lib/browser';

/**
 * Holds a ticket and goes on to its order. However often it is called, one order is placed: further calls lead to the
 * same one, until a call fails. Rejects with an ApiError.
 */
export function usePlaceOrder(ticket: Seen): () => Promise<void> {
  const router = useRouter();
  const placed = useRef<Promise<OrderBody>>(undefined);
  return async () => {
    placed.current ??= placeOrder(ticket);
    try {
      const { id } = await placed.current;
      router.push(`/orders/${id}`);
    } catch (error) {
      placed.current = undefined;
      throw error;
    }
  };
}
