'use client';
import { formatTime } from '@/lib/format';
import { useHydrated } from './use-hydrated';

/** A time in the visitor's own zone; in UTC, and saying so, until the browser is there to tell its zone. */
export function LocalTime({ iso }: { iso: string }) {
  const hydrated = useHydrated();
  return <time dateTime={iso}>{formatTime(iso, hydrated ? undefined : 'UTC')}</time>;
}
