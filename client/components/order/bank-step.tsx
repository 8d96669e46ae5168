'use client';
import type { PaymentBody } from '@ticketing/common/contract';
import { Form, Submit } from '@/components/form';
import { confirmWithBank } from '@/lib/stripe';

interface BankStepProps {
  payment: PaymentBody;
  publishableKey?: string;
  /** Called when the bank has answered. */
  onAnswer: () => Promise<void>;
}

/** The way to the buyer's bank, which wants their word (3-D Secure). */
export function BankStep({ payment: { clientSecret, redirectUrl }, publishableKey, onAnswer }: BankStepProps) {
  if (publishableKey && clientSecret)
    return (
      <Form
        send={async () => {
          await confirmWithBank(publishableKey, clientSecret).finally(onAnswer);
        }}
      >
        <Submit busy="Waiting for your bank…" className="btn btn-primary btn-lg w-100">
          Confirm with your bank
        </Submit>
      </Form>
    );
  if (!redirectUrl) return null;
  return (
    <a className="btn btn-primary btn-lg w-100" href={redirectUrl}>
      Confirm with your bank
    </a>
  );
}
