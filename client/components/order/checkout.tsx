'use client';
import { useEffect, useRef, useState } from 'react';
import { Form, Submit } from '@/components/form';
import { cancelOrder, pay } from '@/lib/browser';
import { formatCountdown } from '@/lib/format';
import type { PaymentSource, Purchase, Stage } from '@/lib/purchase';
import { BankStep } from './bank-step';
import { Cancelled, Complete } from './outcome';
import { StripeCardForm } from './stripe-card-form';
import { TestCardForm } from './test-card-form';
import { usePurchase } from './use-purchase';

/** What is said, aloud too, when a stage begins. */
const stageWords: Record<Stage, string> = {
  pay: '',
  bank: 'Your bank asks you to confirm this payment. Nothing has been charged yet.',
  settling: 'Your payment is being confirmed. You can leave this page: the order goes on.',
  releasing: 'The time to pay is up, and the ticket is being released.',
  complete: '',
  cancelled: '',
};

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
  const { purchase, stage, left, isReachable, refresh, setPayment } = usePurchase(initial);
  const { order, payment } = purchase;
  const outcome = useFocusKept(stage);
  const [isTold, setTold] = useState(false);
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
          Held for you for <strong>{formatCountdown(left)}</strong>
        </p>
      )}
      {!isReachable && <p className="alert alert-warning">We cannot reach Ticketing right now, and keep trying.</p>}
      <div role="status" ref={outcome} tabIndex={-1}>
        {stageWords[stage] && <p className={stage === 'bank' ? '' : 'under-way'}>{stageWords[stage]}</p>}
        {stage === 'pay' && payment?.status === 'declined' && !isTold && (
          <p>The last payment was declined, and nothing was charged. You can try again.</p>
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
            <Submit busy="Cancelling…" className="btn btn-link w-100">
              Cancel order
            </Submit>
          </Form>
        </>
      )}
    </>
  );
}
