'use client';
import { useReader } from './texts';
import { useHydrated } from './use-hydrated';

/** The visitor's time zone (IANA): the one their browser last named, UTC if none, until the browser is there. */
export function useVisitorZone(): string {
  const { timeZone = 'UTC' } = useReader();
  return useHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : timeZone;
}
