'use client';
import type { OrderBody, PaymentBody } from '@ticketing/common/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useRepeat } from '@/components/use-repeat';
import { useServerClock } from '@/components/use-server-clock';
import { getPurchase } from '@/lib/api/browser';
import { useLiveOrder } from '@/lib/api/live/hooks';
import { isMoving, isOver, newer, Questions, stageOf, type Purchase, type Stage } from '@/lib/buy/purchase';

interface Followed {
  purchase: Purchase;
  stage: Stage;
  /** Time until the order expires, in milliseconds. */
  left: number;
  /** Whether the last API request got a response. */
  isReachable: boolean;
  /** Fetches the current state from the API. Never rejects: without a response `isReachable` becomes false. */
  refresh: () => Promise<void>;
  /** From now on fetches the payment, too: until a request to pay is answered there may be none, which is a 404. */
  expectPayment: () => void;
  /** Applies the API's latest response about the payment. */
  setPayment: (payment: PaymentBody) => void;
}

/**
 * Follows a purchase, starting from the server-rendered state: the order's event stream pushes changes, and the API is
 * polled when the page opens, when something may have been missed, and periodically while something is in progress
 * (payments have no stream). An older response never replaces a newer one.
 * @param isAsking whether a payment has been sent and not yet answered
 */
export function usePurchase(initial: Purchase, isAsking: boolean): Followed {
  const [purchase, setPurchase] = useState(initial);
  const [isReachable, setReachable] = useState(true);
  const [questions] = useState(() => new Questions());
  const { id } = initial.order;
  const isPaid = useRef(initial.payment !== null);
  const expectPayment = useCallback(() => {
    isPaid.current = true;
  }, []);

  const refresh = useCallback(async () => {
    const question = questions.ask();
    try {
      const answer = await getPurchase(id, isPaid.current);
      if (!questions.takes(question)) return;
      setPurchase((known) => ({ ...answer, order: newer(known.order, answer.order) }));
      setReachable(true);
    } catch {
      setReachable(false);
    }
  }, [id, questions]);

  const setPayment = useCallback(
    (payment: PaymentBody) => {
      questions.takes(questions.ask());
      setPurchase((known) => ({ ...known, payment }));
    },
    [questions],
  );

  const now = useServerClock(purchase.serverNow);
  const stage = stageOf(purchase, now, isAsking);
  const hear = (order: OrderBody) => {
    setPurchase((known) => ({ ...known, order: newer(known.order, order) }));
  };
  useEffect(() => {
    void refresh();
  }, [refresh]);
  useLiveOrder(id, !isOver(purchase.order.status), hear, () => void refresh());
  useRepeat(refresh, isMoving(stage) || !isReachable);
  return {
    purchase,
    stage,
    left: Date.parse(purchase.order.expiresAt) - now,
    isReachable,
    refresh,
    expectPayment,
    setPayment,
  };
}
