import type { EventDetails } from '@ticketing/common/contract';
import { formatEvent, type EventTime } from '@/lib/format';
import { fill } from '@/texts/fill';

interface WhenProps {
  details: Pick<EventDetails, 'startsAt' | 'timeZone'>;
  locale: string;
  /** The visitor's zone, where it is known. */
  timeZone?: string;
  /** Said where the seller gave no date. */
  unknown: string;
}

/** When an event begins, on one line, by its venue's clock. */
export function When({ details, locale, timeZone, unknown }: WhenProps) {
  const at = formatEvent(details, locale, timeZone);
  if (!at || !details.startsAt) return <span className="when when-open">{unknown}</span>;
  return (
    <time className="when" dateTime={details.startsAt}>
      <span>{at.date} ·</span> <span>{`${at.time} ${at.zone}`.trim()}</span>
    </time>
  );
}

/** When an event begins, in full, on two lines. */
export const FullWhen = ({ startsAt, at }: Pick<EventDetails, 'startsAt'> & { at: EventTime }) => (
  <time dateTime={startsAt ?? undefined}>
    {at.longDate}
    <br />
    {at.time} {at.zone}
  </time>
);

/** Where it is: venue and city, as far as they are known. */
export const placeOf = ({ venue, city }: Pick<EventDetails, 'venue' | 'city'>): string =>
  [venue, city].filter(Boolean).join(', ');

interface SeatTexts {
  row: string;
  seat: string;
}

/** Which seat it admits to, as far as it is known: "Block A, row 12, seat 7". */
export const seatOf = ({ section, row, seat }: Pick<EventDetails, 'section' | 'row' | 'seat'>, t: SeatTexts): string =>
  [section, row && fill(t.row, { row }), seat && fill(t.seat, { seat })].filter(Boolean).join(', ');

/** A ticket in a sentence's part: title, day and place. */
export const describeTicket = (ticket: { title: string } & EventDetails, locale: string): string =>
  [ticket.title, formatEvent(ticket, locale)?.longDate, placeOf(ticket)].filter(Boolean).join(', ');
