'use client';
import type { PaymentBody } from '@ticketing/common/contract';
import { Form, Submit } from '@/components/form';
import { Refusal } from '@/lib/errors';
import { bankPage } from '@/lib/purchase';
import { confirmWithBank } from '@/lib/stripe';

interface BankStepProps {
  payment: PaymentBody;
  publishableKey?: string;
  /** Called when the bank has answered. */
  onAnswer: () => Promise<void>;
}

/** The way to the buyer's bank, which wants their word (3-D Secure); another card remains possible. */
export function BankStep({ payment, publishableKey, onAnswer }: BankStepProps) {
  const { clientSecret, redirectUrl } = payment;
  async function ask() {
    if (publishableKey && clientSecret) await confirmWithBank(publishableKey, clientSecret).finally(onAnswer);
    else if (redirectUrl) window.location.assign(bankPage(redirectUrl, window.location.href));
    else throw new Refusal('Your bank names no page to confirm on. Pay with another card.');
  }
  return (
    <section className="bank" aria-label="Your bank">
      <Form send={ask}>
        <Submit busy="Waiting for your bank…" className="btn btn-primary btn-lg w-100">
          Confirm with your bank
        </Submit>
      </Form>
      <p>Or pay with another card:</p>
    </section>
  );
}
