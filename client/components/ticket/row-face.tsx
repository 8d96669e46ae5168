import type { Category, EventDetails } from '@ticketing/common/contract';
import { Cover } from './cover';
import { When } from './when';

interface RowFaceProps {
  ticket: { id: string; title: string } & EventDetails;
  /** The reader's. */
  locale: string;
  timeZone: string | undefined;
  categories: Record<Category, string>;
}

/** A ticket in a row of the visitor's own lists: cover, title and date. */
export function RowFace({ ticket, locale, timeZone, categories }: RowFaceProps) {
  const category = ticket.category ?? 'other';
  return (
    <>
      <Cover category={category} id={ticket.id} className="row-cover" />
      <span className="row-face">
        <span className="row-title" dir="auto">
          {ticket.title}
        </span>
        <When details={ticket} locale={locale} timeZone={timeZone} unknown={categories[category]} />
      </span>
    </>
  );
}
