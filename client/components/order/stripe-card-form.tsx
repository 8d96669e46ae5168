'use client';
import type { Stripe, StripeCardElement } from '@stripe/stripe-js';
import { useEffect, useRef, useState } from 'react';
import { Form, Submit } from '@/components/form';
import { Refusal, toFormErrors } from '@/lib/errors';
import type { PaymentSource } from '@/lib/purchase';
import { paymentMethodOf, stripeFor } from '@/lib/stripe';

interface StripeCardFormProps {
  publishableKey: string;
  send: (source: PaymentSource) => Promise<void>;
}

/** Pays with a card typed into Stripe's own frame, so that its number never passes through this site. */
export function StripeCardForm({ publishableKey, send }: StripeCardFormProps) {
  const frame = useRef<HTMLDivElement>(null);
  const loaded = useRef<{ stripe: Stripe; card: StripeCardElement } | null>(null);
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let left = false;
    async function mount() {
      const stripe = await stripeFor(publishableKey);
      if (left || !frame.current) return;
      const card = stripe.elements().create('card', { style: { base: { fontSize: '17px' } } });
      card.mount(frame.current);
      loaded.current = { stripe, card };
    }
    mount().catch((error: unknown) => {
      setFailure(toFormErrors(error, []).general[0]);
    });
    return () => {
      left = true;
      loaded.current?.card.destroy();
      loaded.current = null;
    };
  }, [publishableKey]);

  async function payWithCard() {
    if (!loaded.current) throw new Refusal('The card form is still being loaded. Try again in a moment.');
    const { stripe, card } = loaded.current;
    await send({ paymentMethodId: await paymentMethodOf(stripe, card) });
  }

  if (failure)
    return (
      <p className="alert alert-danger" role="alert">
        {failure}
      </p>
    );
  return (
    <Form send={payWithCard}>
      <div className="form-control mb-3" ref={frame} role="group" aria-label="Card" />
      <Submit busy="Paying…" className="btn btn-primary btn-lg w-100">
        Pay now
      </Submit>
    </Form>
  );
}
