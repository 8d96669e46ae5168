import { dateFormat } from '../format';

/** Times for the support desk. */

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago an ISO time was, in its largest whole unit: "3 days ago", "now". */
export function formatAge(iso: string, now: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const age = Math.max(0, now - Date.parse(iso));
  const [unit, length] = UNITS.find(([, each]) => age >= each) ?? (['second', Infinity] as const);
  return format.format(length === Infinity ? 0 : -Math.floor(age / length), unit);
}

/** An ISO time to the second, with its zone: "Nov 26, 2026, 5:14:51 PM UTC". */
export const formatExact = (iso: string, locale: string, timeZone: string): string =>
  dateFormat(locale, {
    ...({ year: 'numeric', month: 'short', day: 'numeric' } as const),
    ...({ hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short', timeZone } as const),
  })
    .format(new Date(iso))
    .replaceAll('\u202f', ' ');

/** When a document was created, from its id (an ObjectId). */
export const madeAt = (id: string): string => new Date(parseInt(id.slice(0, 8), 16) * 1000).toISOString();
