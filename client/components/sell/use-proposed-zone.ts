'use client';
import { useEffect, useRef } from 'react';
import { useHydrated } from '@/components/use-hydrated';
import { zoneOfCity } from '@/lib/sell/zones';
import { allZones } from './zones';

/**
 * Proposes the time zone of a listing, until its seller chooses one: the browser's own, then that of the city.
 * @param isChosen the listing has one already
 */
export function useProposedZone(isChosen: boolean) {
  const frame = useRef<HTMLDivElement>(null);
  const isTheirs = useRef(isChosen);
  const hydrated = useHydrated();

  function propose(zone: string | undefined) {
    const select = frame.current?.querySelector('select');
    if (!select || !zone || isTheirs.current || select.value === zone) return;
    select.value = zone;
    // The form's preview follows what is typed.
    select.dispatchEvent(new Event('input', { bubbles: true }));
  }
  useEffect(() => {
    if (hydrated) propose(Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, [hydrated]);
  return {
    frame,
    onCity: (city: string) => {
      propose(zoneOfCity(city, allZones()));
    },
    onZone: () => {
      isTheirs.current = true;
    },
  };
}
