'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { useRef, useState, type ReactNode } from 'react';
import { useTexts } from '@/components/texts';
import { getTicket } from '@/lib/api/browser';
import { useLiveTickets } from '@/lib/api/live/hooks';
import { fill } from '@/texts/fill';
import { Unavailable } from './unavailable';

/** How long a purchase may take to reach its order, in milliseconds; earlier failures report themselves. */
const BUYING_MS = 10_000;

interface LiveOfferProps {
  ticket: TicketBody;
  /** Whether the visitor is its seller or holder: then every change concerns them, and the page shows it. */
  isTheirs: boolean;
  /** The server's time when it rendered the page, in milliseconds. */
  serverNow: number;
  /** What the visitor can do with the ticket, as rendered. */
  children: ReactNode;
}

/**
 * What a visitor can do with a ticket, kept up to date: someone else's hold or purchase shows at once, and the page is
 * refreshed. A visitor who is buying learns of it from the purchase.
 */
export function LiveOffer({ ticket, isTheirs, serverNow, children }: LiveOfferProps) {
  const { said } = useTexts('ticket');
  const router = useRouter();
  const [news, setNews] = useState<{ ticket: TicketBody; heardAt: number }>();
  const triedAt = useRef(-Infinity);
  const [lead] = useState(() => serverNow - Date.now());
  const isBuying = () => Date.now() - triedAt.current < BUYING_MS;

  function hear(heard: TicketBody) {
    if (isBuying() || heard.version <= (news?.ticket ?? ticket).version) return;
    setNews({ ticket: heard, heardAt: Date.now() + lead });
    router.refresh();
  }
  useLiveTickets([ticket.id], hear, () => {
    // Failures are retried at the next opportunity.
    getTicket(ticket.id).then(hear, () => undefined);
  });

  const isAhead = news !== undefined && news.ticket.version > ticket.version;
  const status = isAhead && !isTheirs ? news.ticket.status : 'available';
  return (
    <div
      onSubmit={() => {
        triedAt.current = Date.now();
      }}
    >
      {news && status !== 'available' ? (
        <Unavailable status={status} heldUntil={news.ticket.heldUntil} serverNow={news.heardAt} />
      ) : (
        children
      )}
      <p role="status" className="visually-hidden">
        {news && !isTheirs && fill(said[news.ticket.status], { title: ticket.title })}
      </p>
    </div>
  );
}
