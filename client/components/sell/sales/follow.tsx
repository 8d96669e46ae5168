'use client';
import type { SaleBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useRepeat } from '@/components/use-repeat';
import { myPayouts, mySales } from '@/lib/api/deliveries';
import { useLiveSales } from '@/lib/api/live/hooks';
import { onceFor } from '@/lib/burst';
import { haveChanged, type SeenSales } from '@/lib/sell/payouts';

/** A burst of changes triggers one refresh, this many milliseconds after the first. */
const REFRESH_WITHIN_MS = 500;

interface FollowSalesProps {
  seen: SeenSales;
  /** The cursor of their page. */
  cursor?: string;
  /** Whether money is moving: payments have no stream, so they are polled until it has arrived. */
  isMoving: boolean;
}

/** Refreshes the page whenever a sale on it, or its money, has changed. */
export function FollowSales({ seen, cursor, isMoving }: FollowSalesProps) {
  const router = useRouter();
  const latest = useRef(seen);
  useEffect(() => {
    latest.current = seen;
  }, [seen]);
  const [refresh] = useState(() =>
    onceFor(() => {
      router.refresh();
    }, REFRESH_WITHIN_MS),
  );
  const compare = useCallback(
    async (sales: SeenSales['sales']) => {
      const payouts = await myPayouts(sales.map(({ id }) => id));
      if (haveChanged(latest.current, { sales, payouts })) refresh();
    },
    [refresh],
  );
  const hear = (sale: SaleBody) => {
    if (haveChanged(latest.current, { sales: [sale], payouts: {} })) refresh();
  };
  useLiveSales(hear, () => {
    // Failures are retried at the next opportunity.
    mySales(cursor)
      .then(compare)
      .catch(() => undefined);
  });
  const askForMoney = useCallback(() => compare(latest.current.sales).catch(() => undefined), [compare]);
  useRepeat(askForMoney, isMoving);
  return null;
}
