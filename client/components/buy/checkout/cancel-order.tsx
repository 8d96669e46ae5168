'use client';
import { useState } from 'react';
import { Dialog, Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { cancelOrder } from '@/lib/api/browser';

interface CancelOrderProps {
  orderId: string;
  /** Called when the API has responded, whatever the result. */
  onAnswer: () => Promise<void>;
}

/** Cancels an order after confirmation. */
export function CancelOrder({ orderId, onAnswer }: CancelOrderProps) {
  const t = useTexts('checkout');
  const [isAsked, setAsked] = useState(false);
  const close = () => {
    setAsked(false);
  };
  return (
    <div className="cancel">
      <button
        type="button"
        className="btn btn-link w-100"
        aria-haspopup="dialog"
        onClick={() => {
          setAsked(true);
        }}
      >
        {t.cancel}
      </button>
      <Dialog title={t.cancelTitle} isOpen={isAsked} onClose={close}>
        <p>{t.cancelAsk}</p>
        <Form send={() => cancelOrder(orderId).finally(onAnswer)} className="dialog-actions">
          <button type="button" className="btn btn-primary" onClick={close}>
            {t.cancelNot}
          </button>
          <Submit busy={t.cancelling} className="btn btn-outline-primary">
            {t.cancelYes}
          </Submit>
        </Form>
      </Dialog>
    </div>
  );
}
