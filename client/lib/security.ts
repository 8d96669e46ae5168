import { isDevelopment } from './config';

/**
 * A page's Content-Security-Policy: our own files, inline scripts with the nonce and what they load, and Stripe's hosts
 * as documented. Only development allows eval and inline styles, for the error overlay and live reload.
 */
export function contentSecurityPolicy(nonce: string, dev = isDevelopment()): string {
  const directives: Record<string, string> = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic' https://js.stripe.com https://*.js.stripe.com${dev ? " 'unsafe-eval'" : ''}`,
    'style-src': `'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    'img-src': "'self' data: https://*.stripe.com",
    'connect-src': `'self' https://api.stripe.com https://*.stripe.com${dev ? ' ws:' : ''}`,
    'frame-src': 'https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com',
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}
