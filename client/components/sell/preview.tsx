'use client';
import type { Category } from '@ticketing/common/contract';
import { Cover } from '@/components/ticket/cover';
import { Place, placeOf, SeatLine, seatOf, When } from '@/components/ticket/when';
import { useReader, useTexts } from '@/components/texts';
import { formatPrice } from '@/lib/format';
import { startOf, type ListingValues } from '@/lib/sell/listing';
import { readPrice } from '@/lib/price';

/** A preview of the listing's card, from what has been typed so far. */
export function Preview({ id = 'new', values }: { id?: string; values: ListingValues }) {
  const t = useTexts('listingForm');
  const names = useTexts('categories');
  const ticketTexts = useTexts('ticket');
  const { locale, timeZone } = useReader();
  const category = (values.category ?? 'other') as Category;
  const details = { startsAt: startOf(values) ?? null, timeZone: values.timeZone ?? null };
  const said = (name: string) => values[name]?.trim() || null;
  const where = { venue: said('venue'), city: said('city') };
  const seated = { section: said('section'), row: said('row'), seat: said('seat') };
  const [place, seat] = [placeOf(where), seatOf(seated, ticketTexts)];
  const price = readPrice(values.price ?? '');
  return (
    <aside className="preview" aria-label={t.preview}>
      <p className="preview-title" aria-hidden>
        {t.preview}
      </p>
      <div className="ticket-card">
        <Cover category={category} id={id} className="ticket-card-cover" />
        <span className="ticket-card-face">
          <When details={details} locale={locale} timeZone={timeZone} unknown={names[category]} />
          <span className="ticket-card-title" dir="auto">
            {values.title?.trim() || t.previewTitle}
          </span>
          {place && (
            <span className="ticket-card-place">
              <Place details={where} />
            </span>
          )}
          {seat && (
            <span className="ticket-card-seat">
              <SeatLine details={seated} texts={ticketTexts} />
            </span>
          )}
        </span>
        <span className="ticket-card-foot">
          <span className="ticket-card-price">{price ? formatPrice(Number(price), locale) : '–'}</span>
        </span>
      </div>
    </aside>
  );
}
