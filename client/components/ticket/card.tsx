import type { TicketBody } from '@ticketing/common/contract';
import { Link } from '@/components/link';
import { isDownload } from '@/lib/buy/delivery';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { CardFoot } from './card-foot';
import { Cover } from './cover';
import { Place, placeOf, SeatLine, seatOf, When } from './when';

/** A ticket for sale, as a card that links to it. Within `LiveTickets` it updates live. */
export async function TicketCard({ ticket }: { ticket: TicketBody }) {
  const [{ locale, timeZone }, { categories, terms, ticket: t }] = await Promise.all([preferences(), getTexts()]);
  const { id, category = 'other', title, price, status, heldUntil, version } = ticket;
  const [place, seat] = [placeOf(ticket), seatOf(ticket, t)];
  return (
    <Link href={`/tickets/${id}`} className="ticket-card">
      <Cover category={category} id={id} className="ticket-card-cover" />
      <span className="ticket-card-face">
        <When details={ticket} locale={locale} timeZone={timeZone} unknown={categories[category]} />
        <span className="ticket-card-title" dir="auto">
          {title}
        </span>
        {place && (
          <span className="ticket-card-place">
            <Place details={ticket} />
          </span>
        )}
        {seat && (
          <span className="ticket-card-seat">
            <SeatLine details={ticket} texts={t} />
          </span>
        )}
        {isDownload(ticket) && <span className="ticket-card-instant">{terms.instant}</span>}
      </span>
      <CardFoot ticket={{ id, title, price, status, heldUntil, version }} />
    </Link>
  );
}
