'use client';
import { useReader, useTexts } from '@/components/texts';
import { useHydrated } from '@/components/use-hydrated';
import { cityOfZone, zonesByRegion } from '@/lib/sell/zones';

/** All time zones known to the browser. */
export const allZones = (): string[] => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];

/** All time zones to choose from, the given one first; the others come from the browser after hydration. */
export function ZoneOptions({ first }: { first: string }) {
  const { locale } = useReader();
  const { regions } = useTexts('listingForm');
  const hydrated = useHydrated();
  const others = hydrated ? allZones().filter((zone) => zone !== first) : [];
  return (
    <>
      <option value={first}>{cityOfZone(first)}</option>
      {zonesByRegion(others, locale, regions).map(([region, zones]) => (
        <optgroup key={region} label={region}>
          {zones.map(({ zone, city }) => (
            <option key={zone} value={zone}>
              {city}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}
