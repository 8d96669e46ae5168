import type { PaymentIntent, PaymentMethod } from './objects';

/** The `error` of a response (Stripe docs: "Errors"). */
export interface ErrorDetail {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  charge?: string;
  payment_intent?: PaymentIntent;
  payment_method?: PaymentMethod;
}

/** An error response; `status` is the HTTP status. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly detail: ErrorDetail,
  ) {
    super(detail.message);
  }

  /** The response body, with the documentation link that Stripe adds for every code. */
  get body(): { error: ErrorDetail & { doc_url?: string } } {
    const { code } = this.detail;
    const link = code && { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` };
    return { error: { ...this.detail, ...link } };
  }
}

/** A 400 unless another status is given. */
export function invalidRequest(message: string, at: { code?: string; param?: string } = {}, status = 400): ApiError {
  return new ApiError(status, { type: 'invalid_request_error', message, ...at });
}

/** Stripe answers 404 for an object named in the path and 400 for one named by a parameter. */
export function noSuch(kind: string, id: string, param = 'id'): ApiError {
  const status = param === 'id' ? 404 : 400;
  return invalidRequest(`No such ${kind}: '${id}'`, { code: 'resource_missing', param }, status);
}

/** The intent's status does not allow this; the response includes the intent. */
export function unexpectedState(intent: PaymentIntent, message: string): ApiError {
  const type = 'invalid_request_error';
  return new ApiError(400, {
    type,
    code: 'payment_intent_unexpected_state',
    message,
    payment_intent: intent,
  });
}
