'use client';
import type { PaymentBody } from '@ticketing/common/contract';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { LocalRefusal } from '@/lib/api/errors';
import { bankPage } from '@/lib/buy/purchase';
import { confirmWithBank } from '@/lib/buy/stripe';

interface BankStepProps {
  payment: PaymentBody;
  publishableKey?: string;
  /** Called before leaving for the bank's page. */
  onLeave: () => void;
  /** Called when the bank has responded. */
  onAnswer: () => Promise<void>;
}

/** The link to the buyer's bank, which asks for confirmation (3-D Secure); another card is still possible. */
export function BankStep({ payment, publishableKey, onLeave, onAnswer }: BankStepProps) {
  const t = useTexts('checkout');
  const { clientSecret, redirectUrl } = payment;
  async function ask() {
    if (publishableKey && clientSecret) {
      await confirmWithBank(publishableKey, clientSecret, t).finally(onAnswer);
    } else if (redirectUrl) {
      onLeave();
      window.location.assign(bankPage(redirectUrl, window.location.href));
    } else throw new LocalRefusal(t.bankUnknown);
  }
  return (
    <section className="bank" aria-labelledby="bank-title">
      <h2 id="bank-title" tabIndex={-1}>
        {t.yourBank}
      </h2>
      <p>{t.bank}</p>
      <Form send={ask}>
        <Submit busy={t.atBank} className="btn btn-primary btn-lg w-100">
          {t.toBank}
        </Submit>
      </Form>
      <p className="bank-other">{t.otherCard}</p>
    </section>
  );
}
