import type { Category, EventDetails } from '@ticketing/common/contract';
import { Cover } from './cover';
import { SeatLine, seatOf, When, type SeatTexts } from './when';

interface RowFaceProps {
  ticket: { id: string; title: string } & EventDetails;
  /** The reader's. */
  locale: string;
  timeZone: string | undefined;
  categories: Record<Category, string>;
  seats: SeatTexts;
}

/** A ticket in a row of the visitor's own lists: cover, title, date, and the seat, which tells two of one event apart. */
export function RowFace({ ticket, locale, timeZone, categories, seats }: RowFaceProps) {
  const category = ticket.category ?? 'other';
  return (
    <>
      <Cover category={category} id={ticket.id} className="row-cover" />
      <span className="row-face">
        <span className="row-title" dir="auto">
          {ticket.title}
        </span>
        <When details={ticket} locale={locale} timeZone={timeZone} unknown={categories[category]} />
        {seatOf(ticket, seats) && (
          <span className="row-seat">
            <SeatLine details={ticket} texts={seats} />
          </span>
        )}
      </span>
    </>
  );
}
