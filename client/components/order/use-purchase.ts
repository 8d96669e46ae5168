'use client';
import type { PaymentBody } from '@ticketing/common/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useServerClock } from '@/components/use-server-clock';
import { getPurchase } from '@/lib/browser';
import { isMoving, stageOf, type Purchase, type Stage } from '@/lib/purchase';

const firstPause = 500;
const longestPause = 4000;

/** Calls `refresh` again and again while `isOn`, more and more slowly. */
function useRepeat(refresh: () => Promise<void>, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    let pause = firstPause;
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    const wait = () => {
      timer = setTimeout(() => {
        void refresh().finally(() => {
          pause = Math.min(pause * 1.3, longestPause);
          if (!ended) wait();
        });
      }, pause);
    };
    wait();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [refresh, isOn]);
}

interface Followed {
  purchase: Purchase;
  stage: Stage;
  /** Until the order expires, in milliseconds. */
  left: number;
  /** Whether the last question to the API was answered. */
  isReachable: boolean;
  /** Asks the API how things stand. Never rejects: no answer makes `isReachable` false. */
  refresh: () => Promise<void>;
  /** Takes over what the API has just answered of the payment. */
  setPayment: (payment: PaymentBody) => void;
}

/**
 * Follows a purchase from what the server rendered: asks the API when the page opens or is looked at again, and
 * by itself while something is under way. An answer to an earlier question never replaces that to a later one.
 */
export function usePurchase(initial: Purchase): Followed {
  const [purchase, setPurchase] = useState(initial);
  const [isReachable, setReachable] = useState(true);
  const asked = useRef(0);
  const answered = useRef(0);
  const { id } = initial.order;

  const refresh = useCallback(async () => {
    const question = ++asked.current;
    try {
      const answer = await getPurchase(id);
      if (question < answered.current) return;
      answered.current = question;
      setPurchase(answer);
      setReachable(true);
    } catch {
      setReachable(false);
    }
  }, [id]);

  const setPayment = useCallback((payment: PaymentBody) => {
    answered.current = ++asked.current;
    setPurchase((known) => ({ ...known, payment }));
  }, []);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void refresh();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
    };
  }, [refresh]);

  const now = useServerClock(purchase.serverNow);
  const stage = stageOf(purchase, now);
  useRepeat(refresh, isMoving(stage));
  return { purchase, stage, left: Date.parse(purchase.order.expiresAt) - now, isReachable, refresh, setPayment };
}
