import type { Stripe, StripeElements } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import { moneyOf } from '@ticketing/common/contract/money';
import { currency } from '@/lib/config';
import { LocalRefusal } from '@/lib/api/errors';

/** Fallback texts if Stripe provides none. */
interface StripeTexts {
  cardUnavailable: string;
  cardUnreadable: string;
  bankRefused: string;
}

let loaded: Stripe | null = null;

/** Stripe.js, loaded from Stripe on first use. Rejects with a LocalRefusal if that fails. */
async function stripeFor(publishableKey: string, t: StripeTexts): Promise<Stripe> {
  loaded ??= await loadStripe(publishableKey).catch(() => null);
  if (!loaded) throw new LocalRefusal(t.cardUnavailable);
  return loaded;
}

/** Stripe's form in its container. */
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
  /** Whether the container still exists once Stripe.js has loaded. */
  isWanted: () => boolean;
}

/** Whether the page is dark: the visitor's choice, otherwise the system's. */
const isDark = () =>
  (document.documentElement.dataset.bsTheme ??
    (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

/**
 * Mounts Stripe's Payment Element. It charges nothing: it creates a payment method, which our API then authorizes.
 * Rejects with a LocalRefusal if Stripe.js cannot be loaded; null if the container is gone by then.
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

/** Creates a payment method from the input and returns its id. Rejects with a LocalRefusal that describes the error. */
export async function paymentMethodOf({ stripe, elements }: Mounted, t: StripeTexts): Promise<string> {
  const { error: unready } = await elements.submit();
  if (unready) throw new LocalRefusal(unready.message ?? t.cardUnreadable);
  const { paymentMethod, error } = await stripe.createPaymentMethod({ elements });
  if (error) throw new LocalRefusal(error.message ?? t.cardUnreadable);
  return paymentMethod.id;
}

/** Lets the bank ask the buyer to confirm. Rejects with a LocalRefusal if it is not confirmed. */
export async function confirmWithBank(publishableKey: string, clientSecret: string, t: StripeTexts): Promise<void> {
  const stripe = await stripeFor(publishableKey, t);
  const { error } = await stripe.handleNextAction({ clientSecret });
  if (error) throw new LocalRefusal(error.message ?? t.bankRefused);
}
