'use client';
import type { OrderBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { useTexts } from '@/components/texts';

/** The end of a purchase that worked out. */
export function Complete() {
  const t = useTexts('checkout');
  return (
    <>
      <p className="outcome outcome-good">{t.complete}</p>
      <Link className="btn btn-outline-primary w-100" href="/orders">
        {t.allOrders}
      </Link>
    </>
  );
}

/** The end of one that did not: why, and the way back to the ticket. */
export function Cancelled({ order: { reason, ticket } }: { order: OrderBody }) {
  const t = useTexts('checkout');
  return (
    <>
      <p className="outcome">{reason ? t.reasons[reason] : t.cancelled}</p>
      <p>{t.notCharged}</p>
      <Link className="btn btn-outline-primary w-100" href={`/tickets/${ticket.id}`}>
        {t.toTicket}
      </Link>
    </>
  );
}
