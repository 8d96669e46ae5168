import type { Stripe, StripeCardElement } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import { Refusal } from './errors';

/** What is said where Stripe says nothing. */
interface StripeTexts {
  cardUnavailable: string;
  cardUnreadable: string;
  bankRefused: string;
}

/** Stripe.js, loaded from Stripe when it is first needed. Rejects with a Refusal where it cannot be. */
export async function stripeFor(publishableKey: string, t: StripeTexts): Promise<Stripe> {
  const stripe = await loadStripe(publishableKey).catch(() => null);
  if (!stripe) throw new Refusal(t.cardUnavailable);
  return stripe;
}

/** Turns the typed card into a payment method's id. Rejects with a Refusal that says what is wrong with the card. */
export async function paymentMethodOf(stripe: Stripe, card: StripeCardElement, t: StripeTexts): Promise<string> {
  const { paymentMethod, error } = await stripe.createPaymentMethod({ type: 'card', card });
  if (error) throw new Refusal(error.message ?? t.cardUnreadable);
  return paymentMethod.id;
}

/** Lets the bank ask the buyer. Rejects with a Refusal if the bank does not agree. */
export async function confirmWithBank(publishableKey: string, clientSecret: string, t: StripeTexts): Promise<void> {
  const stripe = await stripeFor(publishableKey, t);
  const { error } = await stripe.handleNextAction({ clientSecret });
  if (error) throw new Refusal(error.message ?? t.bankRefused);
}
