'use client';
import { useEffect, useSyncExternalStore } from 'react';
import { openOrders } from '@/lib/api/browser';
import { holdIn, noteOrders, readHold, watchHold, type OpenHold } from '@/lib/buy/open-hold';

function ask(): void {
  const before = readHold();
  // Whatever fails now is asked for again with the next look.
  openOrders().then(
    ({ orders, date }) => {
      noteOrders(orders, date, before);
    },
    () => undefined,
  );
}

/**
 * The ticket that the visitor holds and has not paid. What this browser's checkouts note is known at once; what was held
 * or let go on another device is asked for when a page is loaded or looked at again, and when nothing is noted any more.
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
