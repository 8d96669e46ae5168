import type { OrderBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { TimedText } from '@/components/local-time';
import { claimableUntil, claimStateOf } from '@/lib/buy/after-sale';
import { requestTime } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { ClaimForm } from './claim-form';
import { ClaimProgress } from './claim-progress';

/** What the guarantee covers, and the progress of a reported problem, or the way to report one. */
export async function Guarantee({ order }: { order: OrderBody }) {
  const { guarantee: t, claiming, words } = await getTexts();
  const until = claimableUntil(order, requestTime());
  const state = claimStateOf(order);
  return (
    <section className="guarantee" id="guarantee" tabIndex={-1} aria-labelledby="guarantee-title">
      <h2 id="guarantee-title">{t.title}</h2>
      {state === 'possible' && (
        <>
          <p>
            {t.covers} {until ? <TimedText text={t.until} iso={until} /> : t.untilPaid}
          </p>
          <details className="claim">
            <summary>{claiming.question}</summary>
            <TextsProvider texts={{ claiming }}>
              <ClaimForm orderId={order.id} />
            </TextsProvider>
          </details>
        </>
      )}
      {state === 'closed' && (
        <p>{order.releasedAt ? <TimedText text={t.over} iso={order.releasedAt} /> : t.overUndated}</p>
      )}
      {order.claim && <ClaimProgress claim={order.claim} />}
      <p className="guarantee-links">
        <Link href="/guarantee">{words.howGuaranteed}</Link>
        <Link href={`/contact?order=${order.id}`}>{words.contactUs}</Link>
      </p>
    </section>
  );
}
