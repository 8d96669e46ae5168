'use client';
import { formatTime } from '@/lib/format';
import { useReader } from './texts';
import { useHydrated } from './use-hydrated';

/** A time in the visitor's own zone: the one their browser last named, UTC if none, until the browser is there. */
export function LocalTime({ iso }: { iso: string }) {
  const { locale, timeZone = 'UTC' } = useReader();
  const hydrated = useHydrated();
  return <time dateTime={iso}>{formatTime(iso, locale, hydrated ? undefined : timeZone)}</time>;
}
