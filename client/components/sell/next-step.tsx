'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { useTexts } from '@/components/texts';
import { canHandOver, deliveryState } from '@/lib/sell/handing-over';
import type { Standing } from '@/lib/sell/listing';
import type { SaleMoney } from '@/lib/sell/payouts';
import { fill } from '@/texts/fill';
import { MoneyWords } from './sales/money';
import { saleId } from './sales/sale-id';
import { TimedText } from '@/components/local-time';

interface NextStepProps {
  ticket: TicketBody;
  standing: Standing;
  money?: SaleMoney;
}

/** What comes next for a listing: its delivery, its money, and what its seller should do. */
export function NextStep({ ticket, standing, money }: NextStepProps) {
  const t = useTexts('listings');
  const { id, title, orderId, deliverBy } = ticket;
  const [isSold, isRefunded] = [standing === 'sold', standing === 'refunded'];
  const delivery = deliveryState({ ...ticket, isRefunded });
  if (!isSold && !isRefunded && (standing !== 'available' || delivery === 'arranged')) return null;
  const isOwed = isSold && delivery !== 'arranged' && canHandOver(ticket);
  return (
    <div className="listing-next">
      <p className={isOwed ? 'tag-open' : undefined}>
        <TimedText text={t.next[delivery]} iso={deliverBy} />
      </p>
      {money && money.is !== 'handover' && isSold && delivery !== 'missed' && (
        <p>
          <MoneyWords money={money} />
        </p>
      )}
      {money?.is === 'claim' && orderId && (
        <Link href={`/sales#${saleId(orderId)}`} className="btn btn-primary" aria-label={fill(t.answerOne, { title })}>
          {t.answer}
        </Link>
      )}
      {isOwed && (
        <Link href={`/tickets/${id}/edit`} className="btn btn-primary" aria-label={fill(t.handOverOne, { title })}>
          {t.handOver}
        </Link>
      )}
    </div>
  );
}
