'use client';
import { useEffect } from 'react';
import { stepsToReturn } from '@/lib/buy/bank-trip';

/** On the page the bank returns to: goes back to the one from which the buyer left. */
export function BackFromBank({ orderId }: { orderId: string }) {
  useEffect(() => {
    const steps = stepsToReturn(orderId);
    if (steps > 0) window.history.go(-steps);
  }, [orderId]);
  return null;
}
