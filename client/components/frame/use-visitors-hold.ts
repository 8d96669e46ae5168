'use client';
import { useEffect, useSyncExternalStore } from 'react';
import { openOrders } from '@/lib/api/browser';
import { holdIn, noteOrders, readHold, watchHold, type OpenHold } from '@/lib/buy/open-hold';

/** The delay before asking again after a stale response, in milliseconds. */
const AGAIN_MS = 3_000;

function ask(): void {
  const before = readHold();
  // Failures are retried on the next focus.
  openOrders().then(
    ({ orders, date }) => {
      if (noteOrders(orders, date, before)) setTimeout(ask, AGAIN_MS);
    },
    () => undefined,
  );
}

/**
 * The visitor's unpaid held ticket. Changes by this browser's checkouts are known at once; holds and releases on other
 * devices are fetched when a page is loaded or focused, and when no hold is recorded any more.
 */
export function useVisitorsHold(): OpenHold | undefined {
  const hold = holdIn(useSyncExternalStore(watchHold, readHold, () => null));
  const isNoted = hold !== undefined;
  useEffect(() => {
    ask();
    const look = () => {
      if (document.visibilityState === 'visible') ask();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
    };
  }, [isNoted]);
  return hold;
}
