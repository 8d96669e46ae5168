'use client';
import { useState } from 'react';
import { useTexts } from '@/components/texts';
import { forgetTrip } from '@/lib/buy/bank-trip';
import { pay } from '@/lib/api/browser';
import type { PaymentSource, Purchase } from '@/lib/buy/purchase';
import { confirmWithBank } from '@/lib/buy/stripe';
import { usePurchase } from './use-purchase';

/**
 * Follows a purchase and pays it. `payWith` rejects with the bank's or the API's error; `onRefusal` is called first to
 * announce that the error will be shown.
 * @param publishableKey Stripe's: with it the bank's confirmation (3-D Secure) opens at once, without another tap
 */
export function usePay(initial: Purchase, publishableKey: string | undefined, onRefusal: (isTold: true) => void) {
  const t = useTexts('checkout');
  const [isAsking, setAsking] = useState(false);
  const followed = usePurchase(initial, isAsking);
  const { refresh, expectPayment, setPayment } = followed;

  async function payWith(source: PaymentSource) {
    // React applies state set before a form action's first await only after the action ends.
    await Promise.resolve();
    setAsking(true);
    forgetTrip();
    try {
      const payment = await pay(initial.order.id, source).finally(expectPayment);
      setPayment(payment);
      if (payment.status !== 'requires_action' || !publishableKey || !payment.clientSecret) return;
      await confirmWithBank(publishableKey, payment.clientSecret, t);
      await refresh();
    } catch (error) {
      onRefusal(true);
      await refresh();
      throw error;
    } finally {
      setAsking(false);
    }
  }

  return { ...followed, isAsking, payWith };
}
