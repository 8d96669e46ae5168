'use client';
import { useReader, useTexts } from '@/components/texts';
import { formatPrice } from '@/lib/format';
import { paySteps, type PayStep } from '@/lib/buy/purchase';
import { fill } from '@/texts/fill';

/** The progress of a submitted payment: done, current and upcoming steps. */
export function PaySteps({ step, price }: { step: PayStep; price: number }) {
  const t = useTexts('checkout');
  const { locale } = useReader();
  const at = paySteps.indexOf(step);
  const stateOf = (index: number) => (index < at || step === 'complete' ? 'done' : index === at ? 'now' : 'next');
  return (
    <>
      <h2 tabIndex={-1}>{fill(t.payingTitle, { price: formatPrice(price, locale) })}</h2>
      <ol className="steps">
        {paySteps.map((name, index) => (
          <li key={name} className={`step-${stateOf(index)}`} aria-current={name === step ? 'step' : undefined}>
            {t.steps[name]}
          </li>
        ))}
      </ol>
      <p className="visually-hidden" role="status">
        {t.steps[step]}
      </p>
      <p className="form-text">{t.leaveOpen}</p>
    </>
  );
}
