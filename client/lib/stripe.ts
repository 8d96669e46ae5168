import type { Stripe, StripeCardElement } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import { Refusal } from './errors';

const unavailable = 'The card form could not be loaded from Stripe. Check your connection and reload this page.';

/** Stripe.js, loaded from Stripe when it is first needed. Rejects with a Refusal where it cannot be. */
export async function stripeFor(publishableKey: string): Promise<Stripe> {
  const stripe = await loadStripe(publishableKey).catch(() => null);
  if (!stripe) throw new Refusal(unavailable);
  return stripe;
}

/** Turns the typed card into a payment method's id. Rejects with a Refusal that says what is wrong with the card. */
export async function paymentMethodOf(stripe: Stripe, card: StripeCardElement): Promise<string> {
  const { paymentMethod, error } = await stripe.createPaymentMethod({ type: 'card', card });
  if (error) throw new Refusal(error.message ?? 'Your card could not be read. Check what you typed.');
  return paymentMethod.id;
}

/** Lets the bank ask the buyer. Rejects with a Refusal if the bank does not agree. */
export async function confirmWithBank(publishableKey: string, clientSecret: string): Promise<void> {
  const stripe = await stripeFor(publishableKey);
  const { error } = await stripe.handleNextAction({ clientSecret });
  if (error) throw new Refusal(error.message ?? 'Your bank did not confirm the payment. Nothing has been charged.');
}
