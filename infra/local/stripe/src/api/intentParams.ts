import { z } from 'zod';
import { amountProblem, currency, positiveAmount } from './amount';
import { created, page } from './list';
import { flag, integer, list, metadata, webAddress } from './params';
import { cardData } from './paymentMethods';

const email = z.string().refine((text) => z.email().safeParse(text).success, {
  error: 'Invalid email address',
  params: { code: 'email_invalid' },
});

const method = { payment_method: z.string().optional(), payment_method_data: cardData.optional() };

const confirmation = {
  ...method,
  return_url: webAddress.optional(),
  off_session: z.string().optional(),
  error_on_requires_action: flag.optional(),
};

/** Stripe's own defaults and wording; `payment_method_types` is the older name of the allowed ones. */
const creation = z
  .object({
    ...confirmation,
    amount: integer,
    currency,
    confirm: flag.optional(),
    capture_method: z.enum(['automatic', 'automatic_async', 'manual']).optional(),
    confirmation_method: z.enum(['automatic', 'manual']).optional(),
    description: z.string().optional(),
    metadata: metadata.optional(),
    receipt_email: email.optional(),
    transfer_group: z.string().optional(),
    statement_descriptor: z.string().max(22).optional(),
    statement_descriptor_suffix: z.string().max(22).optional(),
    automatic_payment_methods: z
      .strictObject({ enabled: flag, allow_redirects: z.enum(['always', 'never']).optional() })
      .optional(),
    allowed_payment_method_types: list.optional(),
    payment_method_types: list.optional(),
  })
  .superRefine((params, context) => {
    const problem = amountProblem(params.amount, params.currency);
    if (problem) context.addIssue({ ...problem, code: 'custom', path: ['amount'], params: { code: problem.code } });
  });

const CONFIRMATION_IGNORED = [
  'confirmation_token',
  'excluded_payment_method_types',
  'mandate',
  'mandate_data',
  'payment_details',
  'payment_method_options',
  'radar_options',
  'setup_future_usage',
  'shipping',
  'use_stripe_sdk',
  'hooks',
  'amount_details',
];

export const createParams = {
  fields: creation,
  ignored: [
    ...CONFIRMATION_IGNORED,
    'application_fee_amount',
    'customer',
    'customer_account',
    'on_behalf_of',
    'payment_method_configuration',
    'transfer_data',
  ],
};

export const confirmParams = {
  fields: z.object(confirmation),
  ignored: [
    ...CONFIRMATION_IGNORED,
    'allowed_payment_method_types',
    'amount_to_confirm',
    'capture_method',
    'payment_method_types',
    'receipt_email',
  ],
};

export const updateParams = {
  fields: z.object({
    description: z.string().optional(),
    metadata: metadata.optional(),
    receipt_email: creation.shape.receipt_email,
  }),
  ignored: [],
};

export const captureParams = {
  fields: z.object({ amount_to_capture: positiveAmount.optional(), metadata: metadata.optional() }),
  ignored: [
    'amount_details',
    'application_fee_amount',
    'final_capture',
    'hooks',
    'payment_details',
    'statement_descriptor',
    'statement_descriptor_suffix',
    'transfer_data',
  ],
};

export const cancelParams = {
  fields: z.object({
    cancellation_reason: z.enum(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  }),
  ignored: [],
};

export const listParams = {
  fields: z.object({ ...page, created }),
  ignored: ['customer', 'customer_account'],
};
