import { createHmac } from 'node:crypto';

/**
 * The `stripe-signature` header of a body sent at `timestamp` (Unix seconds), as `stripe.webhooks.constructEvent`
 * checks it (Stripe docs: "Webhook signatures", "Verify manually").
 */
export function signatureHeader(body: string, secret: string, timestamp: number): string {
  const signature = createHmac('sha256', secret)
    .update(`${String(timestamp)}.${body}`)
    .digest('hex');
  return `t=${String(timestamp)},v1=${signature}`;
}
