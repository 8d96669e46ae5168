'use client';
import { useHydrated } from '@/components/use-hydrated';

const nameOf = (zone: string) =>
  zone
    .slice(zone.indexOf('/') + 1)
    .replaceAll('_', ' ')
    .replaceAll('/', ', ');

/** The zones of each part of the world, without the one that is chosen. */
function byRegion(chosen: string): [string, string[]][] {
  const regions = new Map<string, string[]>();
  const others = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'].sort());
  others.delete(chosen);
  for (const zone of others) {
    const [region = ''] = zone.split('/');
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [...regions];
}

/** All time zones to choose from, the chosen one first; the others are the browser's own list, once it is there. */
export function ZoneOptions({ chosen }: { chosen: string }) {
  const hydrated = useHydrated();
  return (
    <>
      <option value={chosen}>{nameOf(chosen)}</option>
      {hydrated &&
        byRegion(chosen).map(([region, zones]) => (
          <optgroup key={region} label={region}>
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {nameOf(zone)}
              </option>
            ))}
          </optgroup>
        ))}
    </>
  );
}
