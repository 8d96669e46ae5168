import 'server-only';

/**
 * Where the APIs answer: the front door or the ingress, without a trailing path. Read at request time,
 * so that one build serves every environment. Throws where `API_URL` is not set.
 */
export function apiUrl(): string {
  const url = process.env.API_URL;
  if (!url) throw new Error('API_URL is not set: give it the address of the front door, such as http://127.0.0.1:3000');
  return url;
}

/** Stripe's public key. Without one the order page offers the emulator's test cards. */
export const stripePublishableKey = (): string | undefined => process.env.STRIPE_PUBLISHABLE_KEY || undefined;
