'use client';
import { useEffect, useRef, useState } from 'react';
import { Form, Submit } from '@/components/form';
import { useReader, useTexts } from '@/components/texts';
import { LocalRefusal } from '@/lib/api/errors';
import type { PaymentSource } from '@/lib/buy/purchase';
import { mountPaymentElement, paymentMethodOf, type Mounted } from '@/lib/buy/stripe';

export interface PayFormProps {
  /** In dollars. */
  price: number;
  send: (source: PaymentSource) => Promise<void>;
}

/** Pays with the input of Stripe's own frame, so that card numbers never pass through this site. */
export function StripeForm({ publishableKey, price, send }: PayFormProps & { publishableKey: string }) {
  const t = useTexts('checkout');
  const { locale } = useReader();
  const frame = useRef<HTMLDivElement>(null);
  const mounted = useRef<Mounted | null>(null);
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let left = false;
    async function mount(place: HTMLElement) {
      const form = await mountPaymentElement(place, { publishableKey, price, locale, isWanted: () => !left }, t);
      mounted.current = form;
    }
    if (frame.current)
      mount(frame.current).catch(() => {
        setFailure(t.cardUnavailable);
      });
    return () => {
      left = true;
      mounted.current?.destroy();
      mounted.current = null;
    };
  }, [publishableKey, price, locale, t]);

  async function payWithCard() {
    if (!mounted.current) throw new LocalRefusal(t.cardLoading);
    await send({ paymentMethodId: await paymentMethodOf(mounted.current, t) });
  }

  if (failure)
    return (
      <p className="alert alert-danger" role="alert">
        {failure}
      </p>
    );
  return (
    <Form send={payWithCard}>
      <div className="stripe-frame" ref={frame} role="group" aria-label={t.card} />
      <Submit busy={t.paying} className="btn btn-primary btn-lg w-100">
        {t.pay}
      </Submit>
      <p className="form-text">{t.cardSafe}</p>
    </Form>
  );
}
