import type { TicketBody } from '@ticketing/common/contract';
import type { CSSProperties } from 'react';
import { formatPrice, hueOf } from '@/lib/format';
import { Link } from './link';

/** The colours of one ticket, for the style of what shows it. */
export const ticketColours = (id: string) => ({ '--hue': hueOf(id) }) as CSSProperties;

/** A ticket for sale, as a stub that opens it. */
export function TicketCard({ ticket }: { ticket: TicketBody }) {
  return (
    <Link href={`/tickets/${ticket.id}`} className="stub" style={ticketColours(ticket.id)}>
      <span className="stub-title">{ticket.title}</span>
      <span className="stub-price">{formatPrice(ticket.price)}</span>
    </Link>
  );
}
