'use client';
import { formatClock, formatTime } from '@/lib/format';
import { useReader } from './texts';
import { useVisitorZone } from './use-visitor-zone';

/** A time in the visitor's time zone, with the zone's name, and with the year if it may be read much later. */
export function LocalTime({ iso, hasYear }: { iso: string; hasYear?: boolean }) {
  const { locale } = useReader();
  return <time dateTime={iso}>{formatTime(iso, locale, useVisitorZone(), hasYear)}</time>;
}

/** Like `LocalTime`, without the date. */
export function LocalClock({ iso }: { iso: string }) {
  const { locale } = useReader();
  return <time dateTime={iso}>{formatClock(iso, locale, useVisitorZone())}</time>;
}

/** A text with its `{at}`, if any, replaced by a time (`LocalTime`), or by a dash if the time is unknown. */
export function TimedText({ text, iso }: { text: string; iso: string | null | undefined }) {
  const [before, after] = text.split('{at}');
  if (after === undefined) return text;
  return (
    <>
      {before}
      {iso ? <LocalTime iso={iso} /> : '–'}
      {after}
    </>
  );
}
