'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { LocalTime } from '@/components/local-time';
import { useReader, useTexts } from '@/components/texts';
import { RowFace } from '@/components/ticket/row-face';
import { formatPrice } from '@/lib/format';
import type { Standing } from '@/lib/sell/listing';
import type { SaleMoney } from '@/lib/sell/payouts';
import { fill } from '@/texts/fill';
import { KeptBack } from './kept-back';
import { NextStep } from './next-step';
import { WithdrawTicket } from './withdraw';

/** The visual tone of each status. */
const tones = {
  available: 'good',
  held: 'open',
  sold: 'good',
  withdrawn: 'over',
  past: 'over',
  refunded: 'over',
} as const;

interface ListingRowProps {
  ticket: TicketBody;
  standing: Standing;
  /** The status of its money, if it is sold and that is known. */
  money?: SaleMoney;
  onWithdrawn: () => void;
}

/** A row in the seller's list, with its actions. */
export function ListingRow({ ticket, standing, money, onWithdrawn }: ListingRowProps) {
  const t = useTexts('listings');
  const categories = useTexts('categories');
  const seats = useTexts('ticket');
  const { locale, timeZone } = useReader();
  const { id, title, price, heldUntil } = ticket;
  return (
    <li className="listing">
      <Link href={`/tickets/${id}`} className="listing-link">
        <RowFace ticket={ticket} locale={locale} timeZone={timeZone} categories={categories} seats={seats} />
      </Link>
      <span className="listing-price">{formatPrice(price, locale)}</span>
      <span className={`tag tag-${tones[standing]}`}>
        {t.status[standing]}
        {standing === 'held' && heldUntil && (
          <>
            {' '}
            {t.until} <LocalTime iso={heldUntil} />
          </>
        )}
      </span>
      {(ticket.review ?? ticket.withdrawnFor) && (
        <div className="listing-next">
          <KeptBack ticket={ticket} words={t.keptBack} />
        </div>
      )}
      <NextStep ticket={ticket} standing={standing} money={money} />
      {(standing === 'available' || standing === 'past') && (
        <span className="listing-actions">
          <Link href={`/tickets/${id}/edit`} className="btn btn-quiet" aria-label={fill(t.editOne, { title })}>
            {t.edit}
          </Link>
          <WithdrawTicket ticket={ticket} onWithdrawn={onWithdrawn} className="btn btn-quiet" />
        </span>
      )}
    </li>
  );
}
