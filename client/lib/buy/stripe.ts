import type { Stripe, StripeElements } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import { moneyOf } from '@ticketing/common/contract/money';
import { currency } from '@/lib/config';
import { Refusal } from '@/lib/api/errors';

/** What is said where Stripe says nothing. */
interface StripeTexts {
  cardUnavailable: string;
  cardUnreadable: string;
  bankRefused: string;
}

let loaded: Stripe | null = null;

/** Stripe.js, loaded from Stripe when it is first needed. Rejects with a Refusal where it cannot be. */
async function stripeFor(publishableKey: string, t: StripeTexts): Promise<Stripe> {
  loaded ??= await loadStripe(publishableKey).catch(() => null);
  if (!loaded) throw new Refusal(t.cardUnavailable);
  return loaded;
}

/** Stripe's form in its place on the page. */
export interface Mounted {
  stripe: Stripe;
  elements: StripeElements;
  destroy: () => void;
}

interface ElementOptions {
  publishableKey: string;
  /** In dollars. */
  price: number;
  /** BCP 47. */
  locale: string;
  /** Whether the place is still there when Stripe.js has come. */
  isWanted: () => boolean;
}

/** Whether the page is dark: by the visitor's choice, else the system's. */
const isDark = () =>
  (document.documentElement.dataset.bsTheme ??
    (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

/**
 * Puts Stripe's Payment Element in a place. Nothing is charged by it: it makes a payment method, which our API then
 * authorises. Rejects with a Refusal where Stripe.js cannot be loaded; null where the place is gone meanwhile.
 */
export async function mountPaymentElement(
  place: HTMLElement,
  options: ElementOptions,
  t: StripeTexts,
): Promise<Mounted | null> {
  const { publishableKey, price, locale, isWanted } = options;
  const stripe = await stripeFor(publishableKey, t);
  if (!isWanted()) return null;
  const elements = stripe.elements({
    mode: 'payment',
    amount: moneyOf(currency()).toMinor(price),
    currency: currency(),
    captureMethod: 'manual',
    paymentMethodCreation: 'manual',
    allowedPaymentMethodTypes: ['card'],
    locale: locale.startsWith('de') ? 'de' : 'en',
    appearance: {
      theme: isDark() ? 'night' : 'stripe',
      variables: { borderRadius: '12px', fontSizeBase: '17px', spacingUnit: '4px' },
    },
  });
  const form = elements.create('payment', { layout: 'tabs' });
  form.mount(place);
  return {
    stripe,
    elements,
    destroy: () => {
      form.destroy();
    },
  };
}

/** Turns what was typed into a payment method's id. Rejects with a Refusal that says what is wrong with it. */
export async function paymentMethodOf({ stripe, elements }: Mounted, t: StripeTexts): Promise<string> {
  const { error: unready } = await elements.submit();
  if (unready) throw new Refusal(unready.message ?? t.cardUnreadable);
  const { paymentMethod, error } = await stripe.createPaymentMethod({ elements });
  if (error) throw new Refusal(error.message ?? t.cardUnreadable);
  return paymentMethod.id;
}

/** Lets the bank ask the buyer. Rejects with a Refusal if the bank does not agree. */
export async function confirmWithBank(publishableKey: string, clientSecret: string, t: StripeTexts): Promise<void> {
  const stripe = await stripeFor(publishableKey, t);
  const { error } = await stripe.handleNextAction({ clientSecret });
  if (error) throw new Refusal(error.message ?? t.bankRefused);
}
