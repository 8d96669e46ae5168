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
  /** The ticket as rendered by the server. */
  initial: TicketBody;
  /** The server's time when it rendered the page, in milliseconds. */
  serverNow: number;
}

/** From when the buyer of an ended order may hold its ticket again, if not `now` (milliseconds since 1970). */
const laterFromOf = ({ again }: Pick<OrderBody, 'again'>, now: number): string | undefined =>
  again && Date.parse(again.until) <= now && now < Date.parse(again.from) ? again.from : undefined;

/** Whether and how a released ticket can be bought again; follows the ticket live. */
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

  // The listing may learn of the end later than this page.
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
