'use client';
import { useEffect, useRef, useState } from 'react';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { cancelOrder, pay } from '@/lib/browser';
import { formatCountdown } from '@/lib/format';
import type { PaymentSource, Purchase, Stage } from '@/lib/purchase';
import { BankStep } from './bank-step';
import { Cancelled, Complete } from './outcome';
import { StripeCardForm } from './stripe-card-form';
import { TestCardForm } from './test-card-form';
import { usePurchase } from './use-purchase';

/** Takes the focus where a stage has taken away the button that had it, so that a keyboard does not start over. */
function useFocusKept(stage: Stage) {
  const element = useRef<HTMLDivElement>(null);
  const last = useRef(stage);
  useEffect(() => {
    if (last.current !== stage && document.activeElement === document.body) element.current?.focus();
    last.current = stage;
  }, [stage]);
  return element;
}

interface CheckoutProps {
  initial: Purchase;
  /** Stripe's; without one the test cards are offered. */
  publishableKey?: string;
}

/** The living part of an order's page: the time left, the payment, and what comes of it. */
export function Checkout({ initial, publishableKey }: CheckoutProps) {
  const t = useTexts('checkout');
  const { purchase, stage, left, isReachable, refresh, setPayment } = usePurchase(initial);
  const { order, payment } = purchase;
  const outcome = useFocusKept(stage);
  const [isTold, setTold] = useState(false);
  // Said aloud too, when the stage begins.
  const words = stage === 'pay' || stage === 'complete' || stage === 'cancelled' ? '' : t[stage];
  const isOpen = stage === 'pay' || stage === 'bank';

  async function payWith(source: PaymentSource) {
    try {
      setPayment(await pay(order.id, source));
    } catch (error) {
      setTold(true);
      await refresh();
      throw error;
    }
  }

  async function hearBank() {
    setTold(false);
    await refresh();
  }

  async function cancel() {
    await cancelOrder(order.id).finally(refresh);
  }

  return (
    <>
      {isOpen && (
        <p className="countdown" role="timer">
          {t.heldFor} <strong>{formatCountdown(left)}</strong>
        </p>
      )}
      {!isReachable && <p className="alert alert-warning">{t.unreachable}</p>}
      <div role="status" ref={outcome} tabIndex={-1}>
        {words && <p className={stage === 'bank' ? '' : 'under-way'}>{words}</p>}
        {stage === 'pay' && payment?.status === 'declined' && !isTold && (
          <p>{t.declined}</p>
        )}
        {stage === 'complete' && <Complete />}
        {stage === 'cancelled' && <Cancelled order={order} />}
      </div>
      {stage === 'bank' && payment && (
        <BankStep payment={payment} publishableKey={publishableKey} onAnswer={hearBank} />
      )}
      {isOpen && (
        <>
          {publishableKey ? (
            <StripeCardForm publishableKey={publishableKey} send={payWith} />
          ) : (
            <TestCardForm send={payWith} />
          )}
          <Form send={cancel} className="cancel">
            <Submit busy={t.cancelling} className="btn btn-link w-100">
              {t.cancel}
            </Submit>
          </Form>
        </>
      )}
    </>
  );
}
