import type { EventDetails } from '@ticketing/common/contract';
import type { ReactNode } from 'react';
import { formatEvent, formatPrice, formatTime } from '@/lib/format';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';
import { Cover } from './cover';
import { FullWhen, SeatLine, seatOf } from './when';

interface TicketFrameProps {
  ticket: { id: string; title: string; price: number } & EventDetails;
  /** Content beside the price. */
  priceNote?: ReactNode;
  /** Content below the price: the next step. */
  children: ReactNode;
  /** Content below the facts. */
  more?: ReactNode;
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** A full ticket: cover, event details, and a stub with the price and the next step. */
export async function TicketFrame({ ticket, priceNote, children, more }: TicketFrameProps) {
  const [{ locale, timeZone }, { categories, ticket: t }] = await Promise.all([preferences(), getTexts()]);
  const at = formatEvent(ticket, locale, timeZone);
  const category = ticket.category ?? 'other';
  const { venue, city } = ticket;
  const seat = seatOf(ticket, t);
  return (
    <article className="ticket">
      <Cover category={category} id={ticket.id} className="ticket-cover" />
      <div className="ticket-face">
        <p className="ticket-kind">{categories[category]}</p>
        <h1 dir="auto">{ticket.title}</h1>
        <dl className="facts">
          {at && ticket.startsAt && (
            <Fact name={t.when}>
              <FullWhen startsAt={ticket.startsAt} at={at} />
              {at.zone && timeZone && (
                <span className="fact-more">
                  {fill(t.yourTime, { time: formatTime(ticket.startsAt, locale, timeZone) })}
                </span>
              )}
            </Fact>
          )}
          {(venue || city) && (
            <Fact name={t.where}>
              <bdi>{venue ?? city}</bdi>
              {venue && city && (
                <span className="fact-more">
                  <bdi>{city}</bdi>
                </span>
              )}
            </Fact>
          )}
          {seat && (
            <Fact name={t.whichSeat}>
              <SeatLine details={ticket} texts={t} />
            </Fact>
          )}
        </dl>
        {more}
      </div>
      <div className="ticket-offer">
        <div>
          <div className="ticket-pricing">
            <p className="ticket-price">{formatPrice(ticket.price, locale)}</p>
            {priceNote}
          </div>
          {children}
        </div>
      </div>
    </article>
  );
}
