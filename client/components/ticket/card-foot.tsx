'use client';
import { useReader, useTexts } from '@/components/texts';
import { formatPrice } from '@/lib/format';
import { HeldNote } from './held-note';
import { useListed, type Listed } from './live-tickets';

/** The changing part of a card: price and availability. */
export function CardFoot({ ticket: first }: { ticket: Listed }) {
  const { locale } = useReader();
  const { status: words } = useTexts('ticket');
  const { ticket, heardAt } = useListed(first);
  const { status, price, heldUntil } = ticket;
  return (
    <span className="ticket-card-foot" data-status={status}>
      <span className="ticket-card-price">{formatPrice(price, locale)}</span>
      {status !== 'available' && (
        <span className="ticket-card-state">
          <strong>{words[status]}</strong>
          {status === 'held' && heldUntil && (
            <span>
              <HeldNote heldUntil={heldUntil} serverNow={heardAt} />
            </span>
          )}
        </span>
      )}
    </span>
  );
}
