import type { Happening } from '@ticketing/common/contract';
import type { ReactNode } from 'react';
import { formatEvent, formatPrice } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { Cover } from './cover';
import { placeOf, seatOf } from './when';

interface TicketFrameProps {
  ticket: { id: string; title: string; price: number } & Happening;
  /** What stands beneath the price: the next step. */
  children: ReactNode;
  /** What stands beneath the facts. */
  more?: ReactNode;
}

/** A ticket in full: its cover, what, when and where, and a stub with the price and the next step. */
export async function TicketFrame({ ticket, children, more }: TicketFrameProps) {
  const [{ locale, timeZone }, { categories, ticket: t }] = await Promise.all([preferences(), getTexts()]);
  const at = formatEvent(ticket, locale, timeZone);
  const category = ticket.category ?? 'other';
  const [place, seat] = [placeOf(ticket), seatOf(ticket, t)];
  return (
    <article className="ticket">
      <Cover category={category} id={ticket.id} className="ticket-cover" />
      <div className="ticket-face">
        <p className="ticket-kind">{categories[category]}</p>
        <h1>{ticket.title}</h1>
        {at && (
          <p className="ticket-when">
            <time dateTime={ticket.startsAt ?? undefined}>
              {at.longDate}
              <br />
              {at.time} {at.zone}
            </time>
          </p>
        )}
        {place && <p className="ticket-place">{place}</p>}
        {seat && <p className="ticket-seat">{seat}</p>}
        {more}
      </div>
      <div className="ticket-offer">
        <p className="ticket-price">{formatPrice(ticket.price, locale)}</p>
        {children}
      </div>
    </article>
  );
}
