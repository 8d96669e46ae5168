'use client';
import { useReader } from '@/components/texts';
import { useHydrated } from '@/components/use-hydrated';
import { formatClock } from '@/lib/format';

/** A time of this day by the visitor's own clock; by that of the zone their browser last named until it is there. */
export function LocalClock({ iso }: { iso: string }) {
  const { locale, timeZone = 'UTC' } = useReader();
  const hydrated = useHydrated();
  return <time dateTime={iso}>{formatClock(iso, locale, hydrated ? undefined : timeZone)}</time>;
}
