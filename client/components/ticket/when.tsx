import type { Happening } from '@ticketing/common/contract';
import { formatEvent } from '@/lib/format';

interface WhenProps {
  happening: Pick<Happening, 'startsAt' | 'timeZone'>;
  locale: string;
  /** The visitor's zone, where it is known. */
  timeZone?: string;
  /** Said where the seller gave no date. */
  unknown: string;
}

/** When an event begins, on one line, by its venue's clock. */
export function When({ happening, locale, timeZone, unknown }: WhenProps) {
  const at = formatEvent(happening, locale, timeZone);
  if (!at || !happening.startsAt) return <span className="when when-open">{unknown}</span>;
  return (
    <time className="when" dateTime={happening.startsAt}>
      {at.date} · {at.time} {at.zone}
    </time>
  );
}

/** Where it is: venue and city, as far as they are known. */
export const placeOf = ({ venue, city }: Pick<Happening, 'venue' | 'city'>): string =>
  [venue, city].filter(Boolean).join(', ');

/** Which seat it admits to, as far as it is known: "Block A · 12 · 7". */
export const seatOf = ({ section, row, seat }: Pick<Happening, 'section' | 'row' | 'seat'>): string =>
  [section, row, seat].filter(Boolean).join(' · ');
