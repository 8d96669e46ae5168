'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTexts } from '@/components/texts';
import { useHydrated } from '@/components/use-hydrated';
import { wasAtBank } from '@/lib/buy/bank-trip';
import { isOver, payStepOf, placedAt, type Purchase, type Stage } from '@/lib/buy/purchase';
import { BankStep } from './bank-step';
import { CancelOrder } from './cancel-order';
import { Countdown } from './countdown';
import { Late } from '@/components/buy/hold/late';
import { LeaveDialog } from './leave-dialog';
import { PayForm } from './pay-form';
import { PaySteps } from './pay-steps';
import { useLeaveGuard } from './use-leave-guard';
import { useOpenHold } from '@/components/buy/hold/use-open-hold';
import { usePay } from './use-pay';

const REFRESH_EVERY_MS = 4_000;

/**
 * Moves focus to the heading of each new stage, so that keyboard and screen reader users need not look for it; after
 * a failed payment, to its error.
 */
function useFocusOn(stage: Stage) {
  const panel = useRef<HTMLElement>(null);
  const last = useRef(stage);
  useEffect(() => {
    if (last.current === stage) return;
    last.current = stage;
    const find = (selector: string) => panel.current?.querySelector<HTMLElement>(selector);
    ((stage === 'pay' ? find('[role="alert"]') : undefined) ?? find('h2'))?.focus();
  }, [stage]);
  return panel;
}

/** Refreshes the page of an order that has ended, until it is replaced. */
function useNextPage(isOver: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!isOver) return;
    router.refresh();
    const timer = setInterval(router.refresh, REFRESH_EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, [router, isOver]);
}

interface CheckoutProps {
  initial: Purchase;
  /** Stripe's key; without one the test cards are offered. */
  publishableKey?: string;
  /** What is being bought. */
  children: ReactNode;
}

/** The page of an open order: the ticket, the time left, and the payment with its steps. */
export function Checkout({ initial, publishableKey, children }: CheckoutProps) {
  const t = useTexts('checkout');
  const [isTold, setTold] = useState(false);
  const { purchase, stage, left, isReachable, isAsking, refresh, payWith } = usePay(initial, publishableKey, setTold);
  const { order, payment } = purchase;
  const isOpen = stage === 'pay' || stage === 'bank';
  const isEnded = isOver(order.status);
  const guard = useLeaveGuard(order.id, isOpen, isEnded);
  const isUnconfirmed = useHydrated() && wasAtBank(order.id);
  const panel = useFocusOn(stage);
  useNextPage(isEnded);
  useOpenHold(order.id, isOpen, left);

  async function hearBank() {
    setTold(false);
    await refresh();
  }

  return (
    <div className="checkout">
      {(isOpen || isAsking) && <Countdown left={left} total={Date.parse(order.expiresAt) - placedAt(order)} />}
      {children}
      <section className="checkout-pay" ref={panel} aria-label={t.payment}>
        {!isReachable && (
          <p className="alert alert-warning" role="status">
            {t.unreachable}
          </p>
        )}
        {(stage === 'settling' || stage === 'complete') && (
          <PaySteps step={payStepOf(purchase)} price={order.ticket.price} />
        )}
        {(stage === 'releasing' || stage === 'cancelled') && (
          <h2 tabIndex={-1} className="under-way">
            {stage === 'releasing' ? t.releasing : t.released}
          </h2>
        )}
        {!isOpen && (
          <Late
            wait={stage}
            words={stage === 'settling' || stage === 'complete' ? t.late : t.lateRelease}
            refresh={refresh}
          />
        )}
        {stage === 'bank' && payment && (
          <BankStep payment={payment} publishableKey={publishableKey} onLeave={guard.openToBank} onAnswer={hearBank} />
        )}
        {(isOpen || isAsking) && (
          <div hidden={isAsking}>
            {stage !== 'bank' && <h2 tabIndex={-1}>{t.payment}</h2>}
            {stage === 'pay' && payment?.status === 'declined' && !isTold && (
              <p className="alert alert-danger">{isUnconfirmed ? t.bankRefused : t.declined}</p>
            )}
            <PayForm publishableKey={publishableKey} price={order.ticket.price} send={payWith} />
            <CancelOrder orderId={order.id} onAnswer={refresh} />
          </div>
        )}
      </section>
      {isOpen && guard.wanted && (
        <LeaveDialog orderId={order.id} left={left} wanted={guard.wanted} onStay={guard.stay} onLeave={guard.open} />
      )}
    </div>
  );
}
