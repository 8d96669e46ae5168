'use client';
import type { OrderBody, TicketBody } from '@ticketing/common/contract';
import { useEffect, useState } from 'react';
import { useReader, useTexts } from '@/components/texts';
import { useServerClock } from '@/components/use-server-clock';
import { useVisitorZone } from '@/components/use-visitor-zone';
import { getTicket } from '@/lib/api/browser';
import { formatClock } from '@/lib/format';
import { useLiveTickets } from '@/lib/api/live/hooks';
import { fill } from '@/texts/fill';
import { PlaceOrder } from './place-order';

interface GetBackProps {
  /** The order that has ended. */
  order: Pick<OrderBody, 'id' | 'again'>;
  /** The ticket as the server knew it. */
  initial: TicketBody;
  /** The server's clock, in milliseconds, when it made the page. */
  serverNow: number;
}

/** From when on the buyer of an ended order may hold its ticket again, where they may not `now` (milliseconds since 1970). */
const laterFromOf = ({ again }: Pick<OrderBody, 'again'>, now: number): string | undefined =>
  again && Date.parse(again.until) <= now && now < Date.parse(again.from) ? again.from : undefined;

/** Whether and how a ticket that was let go can be had again; it follows the ticket as others take it and let it go. */
export function GetBack({ order, initial, serverNow }: GetBackProps) {
  const t = useTexts('ended');
  const { locale } = useReader();
  const zone = useVisitorZone();
  const now = useServerClock(serverNow);
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
  const status = ticket.orderId === order.id ? 'available' : ticket.status;
  const clock = (iso: string) => formatClock(iso, locale, zone);
  const laterFrom = status === 'available' ? laterFromOf(order, now) : undefined;
  const words = laterFrom
    ? fill(t.usedUp, { at: clock(laterFrom) })
    : status === 'held' && ticket.heldUntil
      ? fill(t.heldUntil, { at: clock(ticket.heldUntil) })
      : t.now[status];
  return (
    <>
      <p role="status">{words}</p>
      {status === 'available' && !laterFrom && (
        <PlaceOrder ticket={ticket} label={t.getBack} busy={t.gettingBack} onRefusal={onRefusal} />
      )}
    </>
  );
}
