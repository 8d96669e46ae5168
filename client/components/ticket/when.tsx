import type { EventDetails } from '@ticketing/common/contract';
import { Fragment } from 'react';
import { formatEvent, type EventTime } from '@/lib/format';
import { fill } from '@/texts/fill';

interface WhenProps {
  details: Pick<EventDetails, 'startsAt' | 'timeZone'>;
  locale: string;
  /** The visitor's time zone, if known. */
  timeZone?: string;
  /** Shown if the seller gave no date. */
  unknown: string;
}

/** When an event starts, on one line, in the venue's time zone. */
export function When({ details, locale, timeZone, unknown }: WhenProps) {
  const at = formatEvent(details, locale, timeZone);
  if (!at || !details.startsAt) return <span className="when when-open">{unknown}</span>;
  return (
    <time className="when" dateTime={details.startsAt}>
      <span>{at.date} ·</span> <span>{`${at.time} ${at.zone}`.trim()}</span>
    </time>
  );
}

/** When an event starts, in full, on two lines. */
export const FullWhen = ({ startsAt, at }: Pick<EventDetails, 'startsAt'> & { at: EventTime }) => (
  <time dateTime={startsAt ?? undefined}>
    {at.longDate}
    <br />
    {at.time} {at.zone}
  </time>
);

/** Venue and city, as far as known. */
export const placeOf = ({ venue, city }: Pick<EventDetails, 'venue' | 'city'>): string =>
  [venue, city].filter(Boolean).join(', ');

export interface SeatTexts {
  row: string;
  seat: string;
}

/** Sellers' own wording in either language: "Reihe 12". */
const OWN_NAMES = { row: /\b(row|reihe)\b[\s.:]*/i, seat: /\b(seat|platz|sitz|sitzplatz)\b[\s.:]*/i };

/** "row 12" for "12"; unchanged if the seller already named it. */
const named = (text: string, value: string, name: 'row' | 'seat'): string =>
  OWN_NAMES[name].test(value) ? value : fill(text, { [name]: value });

/** "12" for "Row 12", where a label already names it. */
export const unnamed = (value: string, name: 'row' | 'seat'): string => value.replace(OWN_NAMES[name], '') || value;

type SeatDetails = Pick<EventDetails, 'section' | 'row' | 'seat'>;

const seatParts = ({ section, row, seat }: SeatDetails, t: SeatTexts): string[] =>
  [section, row && named(t.row, row, 'row'), seat && named(t.seat, seat, 'seat')].filter((part): part is string =>
    Boolean(part),
  );

/** The seat, as far as known: "Block A, row 12, seat 7". */
export const seatOf = (details: SeatDetails, t: SeatTexts): string => seatParts(details, t).join(', ');

/** A seller's texts on one line, each with its own direction. */
const Parts = ({ parts }: { parts: string[] }) =>
  parts.map((part, index) => (
    <Fragment key={index}>
      {index > 0 && ', '}
      <bdi>{part}</bdi>
    </Fragment>
  ));

/** `placeOf` as a component. */
export const Place = ({ details: { venue, city } }: { details: Pick<EventDetails, 'venue' | 'city'> }) => (
  <Parts parts={[venue, city].filter((part): part is string => Boolean(part))} />
);

/** `seatOf` as a component. */
export const SeatLine = ({ details, texts }: { details: SeatDetails; texts: SeatTexts }) => (
  <Parts parts={seatParts(details, texts)} />
);

/** A ticket in a phrase: title, day and place. */
export const describeTicket = (ticket: { title: string } & EventDetails, locale: string): string =>
  [ticket.title, formatEvent(ticket, locale)?.longDate, placeOf(ticket)].filter(Boolean).join(', ');
