'use client';
import type { Stripe, StripeCardElement } from '@stripe/stripe-js';
import { useEffect, useRef, useState } from 'react';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { Refusal } from '@/lib/errors';
import type { PaymentSource } from '@/lib/purchase';
import { paymentMethodOf, stripeFor } from '@/lib/stripe';

interface StripeCardFormProps {
  publishableKey: string;
  send: (source: PaymentSource) => Promise<void>;
}

/** Pays with a card typed into Stripe's own frame, so that its number never passes through this site. */
export function StripeCardForm({ publishableKey, send }: StripeCardFormProps) {
  const t = useTexts('checkout');
  const frame = useRef<HTMLDivElement>(null);
  const loaded = useRef<{ stripe: Stripe; card: StripeCardElement } | null>(null);
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let left = false;
    async function mount() {
      const stripe = await stripeFor(publishableKey, t);
      if (left || !frame.current) return;
      const card = stripe.elements().create('card', { style: { base: { fontSize: '17px' } } });
      card.mount(frame.current);
      loaded.current = { stripe, card };
    }
    mount().catch(() => {
      setFailure(t.cardUnavailable);
    });
    return () => {
      left = true;
      loaded.current?.card.destroy();
      loaded.current = null;
    };
  }, [publishableKey, t]);

  async function payWithCard() {
    if (!loaded.current) throw new Refusal(t.cardLoading);
    const { stripe, card } = loaded.current;
    await send({ paymentMethodId: await paymentMethodOf(stripe, card, t) });
  }

  if (failure)
    return (
      <p className="alert alert-danger" role="alert">
        {failure}
      </p>
    );
  return (
    <Form send={payWithCard}>
      <div className="form-control mb-3" ref={frame} role="group" aria-label={t.card} />
      <Submit busy={t.paying} className="btn btn-primary btn-lg w-100">
        {t.pay}
      </Submit>
    </Form>
  );
}
