'use client';
import { useReader } from './texts';
import { useHydrated } from './use-hydrated';

/** The visitor's IANA time zone: the last one their browser reported, or UTC, until hydration. */
export function useVisitorZone(): string {
  const { timeZone = 'UTC' } = useReader();
  return useHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : timeZone;
}
