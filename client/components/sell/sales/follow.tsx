'use client';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';
import { useRepeat } from '@/components/use-repeat';
import { myPayouts, mySales } from '@/lib/api/deliveries';
import { useLiveSales } from '@/lib/api/live/hooks';
import { haveChanged, type SeenSales } from '@/lib/sell/payouts';

interface FollowSalesProps {
  seen: SeenSales;
  /** Of their page. */
  cursor?: string;
  /** Whether money is moving: payments have no stream, so they are asked until it has arrived. */
  isMoving: boolean;
}

/** Refreshes the page whenever a sale on it, or its money, has changed. */
export function FollowSales({ seen, cursor, isMoving }: FollowSalesProps) {
  const router = useRouter();
  const latest = useRef(seen);
  useEffect(() => {
    latest.current = seen;
  }, [seen]);
  const compare = useCallback(
    async (read: () => Promise<SeenSales['sales']>) => {
      const sales = await read();
      const payouts = await myPayouts(sales.map(({ id }) => id));
      if (haveChanged(latest.current, { sales, payouts })) router.refresh();
    },
    [router],
  );
  // Failures are retried at the next opportunity.
  const ask = () => void compare(() => mySales(cursor)).catch(() => undefined);
  useLiveSales(ask, ask);
  const askForMoney = useCallback(
    () => compare(() => Promise.resolve(latest.current.sales)).catch(() => undefined),
    [compare],
  );
  useRepeat(askForMoney, isMoving);
  return null;
}
