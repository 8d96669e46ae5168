'use client';
import { useHydrated } from '@/components/use-hydrated';

const nameOf = (zone: string) => zone.slice(zone.indexOf('/') + 1).replaceAll('_', ' ').replaceAll('/', ', ');

/** The zones of each part of the world. */
function byRegion(chosen: string): [string, string[]][] {
  const regions = new Map<string, string[]>();
  for (const zone of new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', chosen].sort())) {
    const [region = ''] = zone.split('/');
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [...regions];
}

/** All time zones to choose from: the browser's own list, once it is there. */
export function ZoneOptions({ chosen }: { chosen: string }) {
  const hydrated = useHydrated();
  if (!hydrated) return <option value={chosen}>{nameOf(chosen)}</option>;
  return byRegion(chosen).map(([region, zones]) => (
    <optgroup key={region} label={region}>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {nameOf(zone)}
        </option>
      ))}
    </optgroup>
  ));
}
