'use client';
import { useTexts } from '@/components/texts';
import type { SaleMoney } from '@/lib/sell/payouts';
import { fill } from '@/texts/fill';
import { TimedText } from '@/components/local-time';

/** The status of a sale's money, in a sentence. */
export function MoneyWords({ money }: { money: SaleMoney }) {
  const t = useTexts('sales');
  const at = 'at' in money ? money.at : undefined;
  return (
    <>
      <TimedText text={t.why[money.is]} iso={at} />
      {money.is === 'refunded' && money.reason && ` ${t.reasons[money.reason]}`}
      {money.is === 'refused' && money.code && <Refusal code={money.code} />}
    </>
  );
}

/** Why Stripe refused; Stripe's code if there is no text for it. */
function Refusal({ code }: { code: string }) {
  const { refusals } = useTexts('sales');
  const isKnown = (name: string): name is keyof typeof refusals => name !== 'other' && Object.hasOwn(refusals, name);
  return <> {isKnown(code) ? refusals[code] : fill(refusals.other, { code })}</>;
}
