'use client';
import { useEffect, useRef } from 'react';
import { useHydrated } from '@/components/use-hydrated';
import { zoneOfCity } from '@/lib/sell/zones';
import { allZones } from './zones';

/**
 * Suggests a listing's time zone until the seller chooses one: the browser's, then the city's.
 * @param isChosen the listing already has one
 */
export function useProposedZone(isChosen: boolean) {
  const frame = useRef<HTMLDivElement>(null);
  const isTheirs = useRef(isChosen);
  const hydrated = useHydrated();

  function propose(zone: string | undefined) {
    const select = frame.current?.querySelector('select');
    if (!select || !zone || isTheirs.current || select.value === zone) return;
    select.value = zone;
    // The form's preview follows the input.
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
