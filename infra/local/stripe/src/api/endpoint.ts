import type Stripe from 'stripe';
import type { z } from 'zod';
import { noSuch, type ApiError } from '../domain/errors';
import type { Context, DomainEvent, PaymentIntent, Refund, StripeObject } from '../domain/objects';
import type { State } from '../storage/state';
import type { Params } from './params';

/** What a call wants to change and answer. Nothing is done until it is committed. */
export interface Effect {
  status: number;
  body: object;
  put: StripeObject[];
  events: DomainEvent[];
}

/** What an endpoint works with. */
export interface Call extends Context {
  state: State;
  /** The `:id` of the path. */
  id: string;
  /** The connected account on whose behalf it is made (`Stripe-Account`), otherwise null. */
  account: string | null;
  /** Where a browser reaches this program, without a slash at the end. */
  publicUrl: string;
}

/** One line of the API: its address, its parameters and what it does. */
export interface Endpoint<S extends z.ZodObject = z.ZodObject> {
  method: 'get' | 'post';
  path: string;
  /** Of API v2: JSON instead of forms, and failures are not kept under idempotency keys. */
  isV2?: true;
  params: Params<S>;
  run(call: Call, params: z.infer<S>): Effect;
}

/** Ties the type of `run`'s parameters to the endpoint's own schema. */
export function endpoint<S extends z.ZodObject>(definition: Endpoint<S>): Endpoint {
  return definition;
}

/** What an endpoint may answer, by stripe-node's types: anything else does not compile. */
export type Answer =
  | StripeObject
  | Stripe.ApiList<StripeObject>
  | Pick<Stripe.Balance, 'object' | 'available' | 'pending' | 'livemode'>
  | Stripe.V2.Core.AccountLink;

/** A response without effects. */
export function found(body: Answer): Effect {
  return { status: 200, body, put: [], events: [] };
}

/** The effect of a refusal: the answer alone. */
export function refused(error: ApiError): Effect {
  return { status: error.status, body: error.body, put: [], events: [] };
}

/** The intent with this id; `param` names the parameter that gave it, when it was not the path. */
export function intentOf(state: State, id: string, param?: string): PaymentIntent {
  const intent = state.intents.get(id);
  if (!intent) throw noSuch('payment_intent', id, param);
  return intent;
}

export function refundOf(state: State, id: string): Refund {
  const refund = state.refunds.get(id);
  if (!refund) throw noSuch('refund', id);
  return refund;
}
