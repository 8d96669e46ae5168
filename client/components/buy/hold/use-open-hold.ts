'use client';
import { useEffect, useRef } from 'react';
import { noteHold } from '@/lib/buy/open-hold';

/**
 * Tells the header on other pages that an order is open, or no longer is.
 * @param left until it expires, in milliseconds; read when it opens
 */
export function useOpenHold(orderId: string, isOpen: boolean, left: number): void {
  const latest = useRef(left);
  useEffect(() => {
    latest.current = left;
  });
  useEffect(() => {
    noteHold(orderId, isOpen ? Date.now() + latest.current : undefined);
  }, [orderId, isOpen]);
}
