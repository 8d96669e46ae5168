'use client';
import { useReader } from '@/components/texts';
import { useVisitorZone } from '@/components/use-visitor-zone';
import { formatExact } from '@/lib/support/times';

/** A time to the second, in the visitor's time zone. */
export function ExactTime({ iso }: { iso: string }) {
  const { locale } = useReader();
  return <time dateTime={iso}>{formatExact(iso, locale, useVisitorZone())}</time>;
}
