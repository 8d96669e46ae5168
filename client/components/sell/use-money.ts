'use client';
import type { SaleBody, TicketBody } from '@ticketing/common/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useRepeat } from '@/components/use-repeat';
import { myPayouts, mySales } from '@/lib/api/deliveries';
import { isMoving, moneyOfSale, type Payouts, type SaleMoney } from '@/lib/sell/payouts';

interface Money {
  /** The status of a sold ticket's money, as far as known. */
  of: (ticket: TicketBody) => SaleMoney | undefined;
  /** Applies a sale's new state, as reported by orders. */
  hear: (sale: SaleBody) => void;
  /** Asks orders and payments again. Failures are retried at the next opportunity. */
  ask: () => void;
}

type Sales = ReadonlyMap<string, SaleBody>;

/** The newer state of each sale. */
const merged = (known: Sales, told: readonly SaleBody[]): Sales =>
  new Map([
    ...known,
    ...told.flatMap((sale) => (sale.version < (known.get(sale.id)?.version ?? 0) ? [] : [[sale.id, sale] as const])),
  ]);

export interface RenderedMoney {
  sales: readonly SaleBody[];
  payouts: Payouts;
  now: number;
}

/**
 * The money of sold tickets, kept up to date: payments have no stream, so they are polled until moving money has
 * arrived, and until they know of a ticket sold meanwhile.
 * @param rendered the newest sales and their payouts when the server rendered the page, at the time `now`
 */
export function useMoney(tickets: readonly TicketBody[], rendered: RenderedMoney): Money {
  const { now } = rendered;
  const [told, setTold] = useState({ payouts: rendered.payouts, now });
  const [sales, setSales] = useState(() => merged(new Map(), rendered.sales));
  const [lead] = useState(() => now - Date.now());
  const sold = tickets.flatMap(({ status, orderId }) => (status === 'sold' && orderId ? [orderId] : []));
  const [first] = useState(() => new Set(sold));
  const orders = useRef(sold);
  useEffect(() => {
    orders.current = sold;
  });

  const of = ({ orderId }: Pick<TicketBody, 'orderId'>) => {
    const [sale, payout] = orderId ? [sales.get(orderId), told.payouts[orderId]] : [];
    return sale || payout ? moneyOfSale(sale, payout, told.now) : undefined;
  };
  const hear = (sale: SaleBody) => {
    setSales((known) => merged(known, [sale]));
  };
  const askPayments = useCallback(
    () =>
      myPayouts(orders.current).then(
        (payouts) => {
          setTold({ payouts, now: Date.now() + lead });
        },
        () => undefined,
      ),
    [lead],
  );
  const changesSoon = (orderId: string) => {
    const money = of({ orderId });
    return money && money.is !== 'unknown' ? isMoving(money) : !first.has(orderId);
  };
  const ask = () => {
    mySales().then(
      (newest) => {
        setSales((known) => merged(known, newest));
      },
      () => undefined,
    );
    void askPayments();
  };
  useRepeat(askPayments, sold.some(changesSoon));
  return { of, hear, ask };
}
