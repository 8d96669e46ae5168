'use client';
import type { SellerBody } from '@ticketing/common/contract';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { payoutSetUp } from '@/lib/api/deliveries';
import { wantsOf } from '@/lib/sell/payouts';

async function goToStripe() {
  window.location.assign(await payoutSetUp());
}

interface PayoutSetUpProps {
  account: Pick<SellerBody, 'state' | 'wants'> | undefined;
  /** Whether to say so once they are set up: on the page that Stripe returns to. */
  saysReady?: boolean;
}

/** Asks a seller to set up their payouts, and says what Stripe still wants. */
export function PayoutSetUp({ account, saysReady = false }: PayoutSetUpProps) {
  const t = useTexts('payouts');
  if (!account) return null;
  if (account.state === 'ready') return saysReady && <p className="payout-ready">{t.states.ready}</p>;
  const { state, wants } = account;
  const wanted = wantsOf(wants);
  return (
    <section className={`payout-set-up payout-${state}`} aria-labelledby="payouts">
      <h2 id="payouts">{t.title}</h2>
      <p>{t.states[state]}</p>
      {wanted.length > 0 && (
        <>
          <p>{t.wants}</p>
          <ul>
            {wanted.map((want) => (
              <li key={typeof want === 'string' ? want : want.other}>
                {typeof want === 'string' ? t.want[want] : <code>{want.other}</code>}
              </li>
            ))}
          </ul>
        </>
      )}
      <Form send={goToStripe}>
        <Submit busy={t.opening} className="btn btn-primary">
          {state === 'none' ? t.setUp : t.goOn}
        </Submit>
      </Form>
    </section>
  );
}
