import { z } from 'zod';
import { normalEmail } from './email';
import { field, id, isGiven, optionalText, price, requiredOneOf, text } from './fields';
import { claimText, passwordLimits as PASSWORD, reportText, userName } from './limits';
import { ClaimReason, ReportReason } from './statuses';
import { isWellFormed } from './text';

/** Request bodies of the API, except a listing's (`ListingInput`). */

const EMAIL_MAX = 254;

/** An email address as typed, trimmed; `normalEmail` normalizes it. */
const email = field<string>(
  (input) =>
    typeof input === 'string' && normalEmail(input) ? { value: input.trim() } : { problem: { code: 'email-invalid' } },
  { type: 'string', format: 'email', maxLength: EMAIL_MAX },
);

const CONTROL = /\p{Cc}/u;

/** A password as typed. Its length is that of its normal form, in UTF-16 units. */
const newPassword = field<string>(
  (input) => {
    const { length } = typeof input === 'string' ? input.normalize('NFC') : '';
    if (typeof input !== 'string' || length < PASSWORD.min || length > PASSWORD.max)
      return { problem: { code: 'password-length', params: PASSWORD } };
    if (CONTROL.test(input) || !isWellFormed(input)) return { problem: { code: 'password-characters' } };
    return { value: input };
  },
  { type: 'string', minLength: PASSWORD.min, maxLength: PASSWORD.max },
);

/** Older accounts may have control characters in their passwords. */
export const presentPassword = (code: 'password-missing' | 'current-password-missing') =>
  field<string>(
    (input) => {
      if (typeof input !== 'string' || input === '' || input.length > PASSWORD.max) return { problem: { code } };
      return isWellFormed(input) ? { value: input } : { problem: { code: 'password-characters' } };
    },
    { type: 'string', minLength: 1, maxLength: PASSWORD.max },
  );

/** POST /api/users/signup */
export const SignUpInput = z.object({ email, password: newPassword });
export type SignUpInput = z.output<typeof SignUpInput>;

/** POST /api/users/signin */
export const SignInInput = z.object({ email, password: presentPassword('password-missing') });
export type SignInInput = z.output<typeof SignInInput>;

/** PUT /api/users/me */
export const AccountInput = z
  .object({
    currentPassword: presentPassword('current-password-missing'),
    email: email.optional(),
    newPassword: newPassword.optional(),
  })
  .superRefine(({ email, newPassword }, context) => {
    if (!email && !newPassword) context.addIssue({ code: 'custom', path: ['email'], message: 'account-unchanged' });
  });
export type AccountInput = z.output<typeof AccountInput>;

/** The secret of a link sent by email. */
const token = field<string>(
  (input) =>
    typeof input === 'string' && /^[\w-]{43}$/.test(input) ? { value: input } : { problem: { code: 'link-expired' } },
  { type: 'string', minLength: 43, maxLength: 43 },
);

/** POST /api/users/confirm, POST /api/users/undo */
export const LinkInput = z.object({ token });
export type LinkInput = z.output<typeof LinkInput>;

/** POST /api/users/forgot */
export const ForgotInput = z.object({ email });
export type ForgotInput = z.output<typeof ForgotInput>;

/** POST /api/users/reset */
export const ResetInput = z.object({ token, password: newPassword });
export type ResetInput = z.output<typeof ResetInput>;

/** PUT /api/users/me/name */
export const NameInput = z.object({ name: optionalText('name', userName) });
export type NameInput = z.output<typeof NameInput>;

/** PUT /api/users/me/subscription */
export const SubscriptionInput = z.object({
  isSubscribed: field<boolean>(
    (input) => (typeof input === 'boolean' ? { value: input } : { problem: { code: 'subscription-unclear' } }),
    { type: 'boolean' },
  ),
});
export type SubscriptionInput = z.output<typeof SubscriptionInput>;

/** The edition of a listing, as someone saw it. */
export const edition = field<number>(
  (input) =>
    Number.isSafeInteger(input) && Number(input) >= 0
      ? { value: Number(input) }
      : { problem: { code: 'edition-malformed' } },
  { type: 'integer', minimum: 0 },
);

/**
 * POST /api/orders. `price` and `edition` are optional and state what the buyer saw: if the listing has changed since,
 * it is not held (409 `listing-changed`).
 */
export const OrderInput = z.object({ ticketId: id('ticketId'), price: price.optional(), edition: edition.optional() });
export type OrderInput = z.output<typeof OrderInput>;

/** POST /api/orders/:id/claim */
export const ClaimInput = z.object({
  reason: requiredOneOf('reason', ClaimReason.options),
  text: text('text', claimText),
});
export type ClaimInput = z.output<typeof ClaimInput>;

/** POST /api/orders/:id/claim/answer */
export const AnswerInput = z.object({ text: text('text', claimText) });
export type AnswerInput = z.output<typeof AnswerInput>;

/** POST /api/tickets/:id/report */
export const ReportInput = z.object({
  reason: requiredOneOf('reason', ReportReason.options),
  text: optionalText('text', reportText),
});
export type ReportInput = z.output<typeof ReportInput>;

/** An optional Stripe card. */
const card = field<string | undefined>(
  (input) => {
    if (!isGiven(input)) return { value: undefined };
    const isCard = typeof input === 'string' && /^[\x21-\x7e]{1,255}$/.test(input);
    return isCard ? { value: input } : { problem: { code: 'card-malformed' } };
  },
  { type: 'string', minLength: 1, maxLength: 255 },
);

/** POST /api/payments: a card token as in Stripe's tests, or a payment method created by Stripe.js. */
export const PaymentInput = z
  .object({ orderId: id('orderId'), token: card, paymentMethodId: card })
  .superRefine(({ token, paymentMethodId }, context) => {
    if (!token === !paymentMethodId) context.addIssue({ code: 'custom', path: ['token'], message: 'card-missing' });
  });
export type PaymentInput = z.output<typeof PaymentInput>;
