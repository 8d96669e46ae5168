'use client';
import type { TicketStatus } from '@ticketing/common/contract';
import { useTexts } from '@/components/texts';
import { HeldNote } from '@/components/ticket/held-note';

interface UnavailableProps {
  status: Exclude<TicketStatus, 'available'>;
  heldUntil: string | null;
  /** The server's time when this appears, in milliseconds. */
  serverNow: number;
}

/** Why a ticket cannot be bought now, and when it may come back. */
export function Unavailable({ status, heldUntil, serverNow }: UnavailableProps) {
  const t = useTexts('ticket');
  return (
    <div className="unavailable" data-status={status}>
      <p>
        <strong>{t.status[status]}</strong>
      </p>
      <p>{t.unavailable[status]}</p>
      {status === 'held' && (
        <>
          {heldUntil && (
            <p className="unavailable-until">
              <HeldNote heldUntil={heldUntil} serverNow={serverNow} />
            </p>
          )}
          <button type="button" className="btn btn-primary btn-lg w-100" disabled>
            {t.buy}
          </button>
        </>
      )}
    </div>
  );
}
