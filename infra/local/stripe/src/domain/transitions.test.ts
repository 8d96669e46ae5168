import fc from 'fast-check';
import { newPaymentMethod, TEST_CARDS } from './cards';
import { ApiError } from './errors';
import { newIntent } from './intent';
import type { Charge, Context, PaymentIntent, PaymentMethod } from './objects';
import { authenticate, cancel, capture, confirm, type Transition } from './transitions';

let count = 0;
const context: Context = { now: 1_800_000_000, newId: (prefix) => `${prefix}_${String((count += 1))}` };
const challenge = { url: 'http://bank/', returnUrl: 'http://shop/' };

function card(name: string): PaymentMethod {
  const method = newPaymentMethod(name, context);
  if (!method) throw new Error(`There is no test card ${name}`);
  return method;
}

const manual = () => newIntent({ amount: 2000, currency: 'usd', capture_method: 'manual' }, null, context);

function chargeOf({ charge }: Transition): Charge {
  if (!charge) throw new Error('The transition made no charge');
  return charge;
}

describe('a payment intent', () => {
  it('waits for a payment method, then for confirmation', () => {
    expect(manual().status).toBe('requires_payment_method');
    expect(newIntent({ amount: 50, currency: 'usd' }, 'pm_1', context).status).toBe('requires_confirmation');
  });

  it('holds the money until it is captured', () => {
    const held = confirm(manual(), card('visa'), challenge, context);
    expect(held.intent).toMatchObject({
      status: 'requires_capture',
      amount_capturable: 2000,
      amount_received: 0,
    });
    expect(held.events.map(({ type }) => type)).toEqual(['payment_intent.amount_capturable_updated']);

    const { intent, charge } = capture(held.intent, chargeOf(held), 1500);
    expect(intent).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 1500 });
    expect(charge).toMatchObject({ captured: true, amount_captured: 1500 });
  });

  it('takes the money at once with automatic capture', () => {
    const intent = newIntent({ amount: 2000, currency: 'usd' }, null, context);
    const paid = confirm(intent, card('visa'), challenge, context);
    expect(paid.intent).toMatchObject({ status: 'succeeded', amount_received: 2000 });
    expect(paid.charge).toMatchObject({ captured: true });
  });

  it('returns to requires_payment_method when the card is declined, and can be paid with another', () => {
    const declined = confirm(manual(), card('chargeDeclinedInsufficientFunds'), challenge, context);
    expect(declined.refusal?.status).toBe(402);
    expect(declined.refusal?.detail).toMatchObject({
      code: 'card_declined',
      decline_code: 'insufficient_funds',
    });
    expect(declined.intent).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code: 'card_declined', charge: declined.charge?.id },
    });
    const retried = confirm(declined.intent, card('visa'), challenge, context);
    expect(retried.intent).toMatchObject({ status: 'requires_capture', last_payment_error: null });
  });

  it('requires authentication, and holds the money once it succeeds', () => {
    const method = card('authenticationRequired');
    const { intent } = confirm(manual(), method, challenge, context);
    expect(intent.status).toBe('requires_action');
    expect(intent.next_action?.redirect_to_url).toEqual({ url: 'http://bank/', return_url: 'http://shop/' });
    expect(authenticate(intent, method, true, context).intent).toMatchObject({
      status: 'requires_capture',
      next_action: null,
    });
    expect(authenticate(intent, method, false, context).intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
  });

  it('is declined rather than challenged off session', () => {
    const offSession = { ...challenge, unavailable: true };
    const { refusal } = confirm(manual(), card('authenticationRequired'), offSession, context);
    expect(refusal?.detail.code).toBe('authentication_required');
  });

  it('captures no more than it holds', () => {
    const held = confirm(manual(), card('visa'), challenge, context);
    expect(() => capture(held.intent, chargeOf(held), 2001)).toThrow('greater than the amount you can capture');
  });

  it('releases the money when it is canceled, and ends', () => {
    const held = confirm(manual(), card('visa'), challenge, context);
    const { intent, charge } = cancel(held.intent, held.charge, 'abandoned', context);
    expect(intent).toMatchObject({
      status: 'canceled',
      amount_capturable: 0,
      cancellation_reason: 'abandoned',
    });
    expect(charge).toMatchObject({ captured: false, refunded: true });
    expect(() => cancel(intent, charge, null, context)).toThrow('because it has a status of canceled');
    expect(() => confirm(intent, card('visa'), challenge, context)).toThrow('because it has a status of canceled');
  });
});

type Command = 'authenticate' | 'cancel' | 'capture' | 'fail authentication' | { confirm: string };
const command = fc.oneof(
  fc.constantFrom<Command>('authenticate', 'cancel', 'capture', 'fail authentication'),
  fc.constantFrom(...Object.keys(TEST_CARDS)).map((name) => ({ confirm: name })),
);

/** Runs the command; if it is refused, `intent` stays as it is. */
function perform(doing: Command, intent: PaymentIntent, charge: Charge | undefined, method: PaymentMethod): Transition {
  try {
    if (typeof doing === 'object') return confirm(intent, card(doing.confirm), challenge, context);
    if (doing === 'capture') return charge ? capture(intent, charge) : { intent, events: [] };
    if (doing === 'cancel') return cancel(intent, charge, null, context);
    return authenticate(intent, method, doing === 'authenticate', context);
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) return { intent, events: [] };
    throw error;
  }
}

test('in any order of actions, money is held, captured or released, and final states are final', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
      let intent = manual();
      let charge: Charge | undefined;
      for (const doing of commands) {
        const before = intent;
        const after = perform(doing, intent, charge, card('visa'));
        intent = after.intent;
        charge = after.charge ?? charge;

        if (['canceled', 'succeeded'].includes(before.status)) expect(intent).toBe(before);
        expect(intent.amount_capturable).toBe(intent.status === 'requires_capture' ? 2000 : 0);
        expect(intent.amount_received).toBe(intent.status === 'succeeded' ? 2000 : 0);
        expect(intent.next_action === null).toBe(intent.status !== 'requires_action');
        if (intent.status === 'succeeded') expect(charge?.captured).toBe(true);
      }
    }),
  );
});
