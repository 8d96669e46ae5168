import type { Context, PaymentIntent } from './objects';

/** The parameters of a new intent. `amount` is in minor units. */
export interface NewIntent {
  amount: number;
  currency: string;
  capture_method?: PaymentIntent['capture_method'];
  confirmation_method?: PaymentIntent['confirmation_method'];
  description?: string;
  metadata?: Record<string, string>;
  receipt_email?: string;
  transfer_group?: string;
  statement_descriptor?: string;
  statement_descriptor_suffix?: string;
  automatic_payment_methods?: PaymentIntent['automatic_payment_methods'];
  allowed_payment_method_types?: string[];
}

/** A new intent, with the defaults from Stripe docs: "Create a PaymentIntent". */
export function newIntent(params: NewIntent, method: string | null, context: Context): PaymentIntent {
  const id = context.newId('pi');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount: params.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods:
      params.automatic_payment_methods ??
      (params.allowed_payment_method_types ? null : { allow_redirects: 'always', enabled: true }),
    canceled_at: null,
    cancellation_reason: null,
    capture_method: params.capture_method ?? 'automatic_async',
    client_secret: `${id}_${context.newId('secret')}`,
    confirmation_method: params.confirmation_method ?? 'automatic',
    created: context.now,
    currency: params.currency,
    customer: null,
    customer_account: null,
    description: params.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: params.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: method,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: params.receipt_email ?? null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: params.statement_descriptor ?? null,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    transfer_data: null,
    transfer_group: params.transfer_group ?? null,
  };
}
