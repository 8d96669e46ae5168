'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Dialog, Form, Submit } from '@/components/form';
import { useReader, useTexts } from '@/components/texts';
import { refundSale } from '@/lib/api/deliveries';
import { formatPrice } from '@/lib/format';
import { fill } from '@/texts/fill';
import { saleId } from './sale-id';

/** Refunds a buyer, after a confirmation that names the amount. */
export function Refund({ orderId, title, price }: { orderId: string; title: string; price: number }) {
  const t = useTexts('sales');
  const { locale } = useReader();
  const router = useRouter();
  const [isAsked, setAsked] = useState(false);
  const [isDone, setDone] = useState(false);
  const said = { title, price: formatPrice(price, locale) };
  const close = () => {
    setAsked(false);
  };
  async function send() {
    await refundSale(orderId);
    setDone(true);
    close();
    // If the event arrived first, the dialog is already gone.
    document.getElementById(saleId(orderId))?.focus();
    router.refresh();
  }
  return (
    <>
      <button
        type="button"
        className="btn btn-quiet"
        aria-haspopup="dialog"
        aria-label={fill(t.refundOne, said)}
        onClick={() => {
          setAsked(true);
        }}
      >
        {t.refund}
      </button>
      <Dialog
        title={fill(t.refundTitle, said)}
        isOpen={isAsked}
        onClose={close}
        returnTo={isDone ? saleId(orderId) : undefined}
      >
        <p>{fill(t.refundAsk, said)}</p>
        <Form send={send} className="dialog-actions">
          <button type="button" className="btn btn-outline-primary" onClick={close}>
            {t.refundNot}
          </button>
          <Submit busy={t.refunding} className="btn btn-danger">
            {fill(t.refundYes, said)}
          </Submit>
        </Form>
      </Dialog>
    </>
  );
}
