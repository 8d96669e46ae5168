'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { startTransition, useState } from 'react';
import { TicketForm } from './form';
import type { Chosen } from './handover/hand-over';
import { Listed } from './handover/listed';

/**
 * Lists a ticket and hands it over, if its seller has it. A file belongs to a listing, so the listing is created first;
 * a refused file does not undo it.
 */
export function NewListing({ like, feePercent }: { like?: TicketBody; feePercent?: number }) {
  const router = useRouter();
  const [listed, setListed] = useState<{ ticket: TicketBody; chosen: Chosen }>();
  if (listed) return <Listed {...listed} />;
  return (
    <TicketForm
      like={like}
      feePercent={feePercent}
      onSaved={(ticket, chosen) => {
        if (chosen.values.delivery !== 'now') router.push(`/tickets/${ticket.id}/live`);
        // The form stays until it knows that it was sent.
        else
          startTransition(() => {
            setListed({ ticket, chosen });
          });
      }}
    />
  );
}
