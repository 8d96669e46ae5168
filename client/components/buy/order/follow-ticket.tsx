'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { useTexts } from '@/components/texts';
import { getTicket } from '@/lib/api/browser';
import { useLiveTickets } from '@/lib/api/live/hooks';

/** Refreshes the page of a bought ticket whenever it changes, and announces its arrival. */
export function FollowTicket({ ticket }: { ticket: Pick<TicketBody, 'id' | 'version' | 'deliveredAt'> }) {
  const t = useTexts('arrival');
  const router = useRouter();
  const hear = (heard: TicketBody) => {
    if (heard.version > ticket.version) router.refresh();
  };
  useLiveTickets([ticket.id], hear, () => {
    // Failures are retried at the next opportunity.
    getTicket(ticket.id).then(hear, () => undefined);
  });
  return (
    <p role="status" className="visually-hidden">
      {ticket.deliveredAt ? t.there : ''}
    </p>
  );
}
