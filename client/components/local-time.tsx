'use client';
import { formatClock, formatTime } from '@/lib/format';
import { useReader } from './texts';
import { useVisitorZone } from './use-visitor-zone';

/** A time in the visitor's time zone, with the zone's name. */
export function LocalTime({ iso }: { iso: string }) {
  const { locale } = useReader();
  return <time dateTime={iso}>{formatTime(iso, locale, useVisitorZone())}</time>;
}

/** Like `LocalTime`, without the date. */
export function LocalClock({ iso }: { iso: string }) {
  const { locale } = useReader();
  return <time dateTime={iso}>{formatClock(iso, locale, useVisitorZone())}</time>;
}

/** A text with a time (`LocalTime`) in place of its `{at}`. */
export function TimedText({ text, iso }: { text: string; iso: string }) {
  const [before, after] = text.split('{at}');
  return (
    <>
      {before}
      <LocalTime iso={iso} />
      {after}
    </>
  );
}
