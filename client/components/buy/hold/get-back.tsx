'use client';
import type { TicketBody } from '@ticketing/common/contract';
import { useEffect, useState } from 'react';
import { useReader, useTexts } from '@/components/texts';
import { useVisitorZone } from '@/components/use-visitor-zone';
import { getTicket } from '@/lib/api/browser';
import { formatClock } from '@/lib/format';
import { useLiveTickets } from '@/lib/api/live/hooks';
import { fill } from '@/texts/fill';
import { PlaceOrder } from './place-order';

interface GetBackProps {
  /** The order that has ended. */
  orderId: string;
  /** The ticket as the server knew it. */
  initial: TicketBody;
}

/** Whether and how a ticket that was let go can be had again; it follows the ticket as others take it and let it go. */
export function GetBack({ orderId, initial }: GetBackProps) {
  const t = useTexts('ended');
  const { locale } = useReader();
  const zone = useVisitorZone();
  const [ticket, setTicket] = useState(initial);
  const hear = (heard: TicketBody) => {
    setTicket((known) => (heard.version > known.version ? heard : known));
  };
  const refetch = () => void getTicket(initial.id).then(hear, () => undefined);
  function onRefusal() {
    refetch();
    return false;
  }
  useLiveTickets([initial.id], hear, refetch);
  useEffect(refetch, [initial.id]);

  // The news of the end may reach the listing after it has reached this page.
  const status = ticket.orderId === orderId ? 'available' : ticket.status;
  return (
    <>
      <p role="status">
        {status === 'held' && ticket.heldUntil
          ? fill(t.heldUntil, { at: formatClock(ticket.heldUntil, locale, zone) })
          : t.now[status]}
      </p>
      {status === 'available' && (
        <PlaceOrder ticket={ticket} label={t.getBack} busy={t.gettingBack} onRefusal={onRefusal} />
      )}
    </>
  );
}
