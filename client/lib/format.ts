import { moneyOf } from '@ticketing/common/contract/money';
import { currency } from './config';

/** Writes prices and times as people of a locale (BCP 47, as en-GB) read them. */

const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Some 30 KB each: visitors name regions, and sellers zones, without end. */
const MOST_KEPT = 500;

/** An Intl formatter costs a hundred times what it does, so each is made once, as long as there are not too many. */
function once<T extends Intl.NumberFormat | Intl.DateTimeFormat>(make: () => T, ...key: unknown[]): T {
  const name = JSON.stringify(key);
  const known = made.get(name) as T | undefined;
  if (known) return known;
  if (made.size >= MOST_KEPT) made.clear();
  const fresh = make();
  made.set(name, fresh);
  return fresh;
}

const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions) =>
  once(() => new Intl.DateTimeFormat(locale, options), locale, options);

/** Some engines put a narrow no-break space before "PM", others a plain one: the server and the browser must agree. */
const plain = (text: string) => text.replaceAll('\u202f', ' ');

/** A price in our currency: 49.5 → "$49.50" in en-US, where that is the dollar. */
export const formatPrice = (price: number, locale: string): string =>
  once(() => priceFormat(locale), locale, currency()).format(price);

function priceFormat(locale: string) {
  const { digits } = moneyOf(currency());
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** An ISO time as a date and time of `timeZone`, and saying which; of the browser's own zone if undefined. */
export const formatTime = (iso: string, locale: string, timeZone?: string): string =>
  plain(
    dateFormat(locale, {
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZone,
      timeZoneName: 'short',
    }).format(new Date(iso)),
  );

/** An ISO time as the time of day in `timeZone`, and saying which: "8:00 PM GMT+1". */
export const formatClock = (iso: string, locale: string, timeZone: string): string =>
  plain(
    dateFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone, timeZoneName: 'short' }).format(new Date(iso)),
  );

/** When an event begins, in the parts that a layout puts in their places. */
export interface EventTime {
  /** "Sat, Nov 21", with the year where it is not this one. */
  date: string;
  /** "Saturday, November 21, 2026" */
  longDate: string;
  /** "8:00 PM" */
  time: string;
  /** The zone's short name; empty where the visitor's clock is known to show the venue's time. */
  zone: string;
  /** "21", "NOV" and "SAT", for a tear-off calendar. */
  day: string;
  month: string;
  weekday: string;
}

const offsetAt = (date: Date, timeZone: string) =>
  dateFormat('en', { timeZone, timeZoneName: 'longOffset', year: 'numeric' }).formatToParts(date).at(-1)?.value;

/**
 * When an event begins, by the clock of its venue (`timeZone`, IANA; UTC if null). `visitorZone` is the visitor's
 * own, where it is known: until then the zone is named. Undefined where the seller did not say when it begins.
 */
export function formatEvent(
  { startsAt, timeZone }: { startsAt: string | null; timeZone: string | null },
  locale: string,
  visitorZone?: string,
): EventTime | undefined {
  if (!startsAt) return undefined;
  const date = new Date(startsAt);
  const zone = timeZone ?? 'UTC';
  const write = (options: Intl.DateTimeFormatOptions) =>
    plain(dateFormat(locale, { ...options, timeZone: zone }).format(date));
  const year = write({ year: 'numeric' });
  const isThisYear = year === dateFormat(locale, { year: 'numeric', timeZone: zone }).format(new Date());
  const isElsewhere = visitorZone === undefined || offsetAt(date, visitorZone) !== offsetAt(date, zone);
  return {
    date: write({ weekday: 'short', month: 'short', day: 'numeric', ...(!isThisYear && { year: 'numeric' }) }),
    longDate: write({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
    time: write({ hour: 'numeric', minute: '2-digit' }),
    zone: isElsewhere || !timeZone ? (nameOf(zone, date, locale) ?? '') : '',
    day: write({ day: '2-digit' }).replace(/\D/g, ''),
    month: write({ month: 'short' }).replace('.', ''),
    weekday: write({ weekday: 'short' }).replace('.', ''),
  };
}

const nameOf = (timeZone: string, date: Date, locale: string) =>
  dateFormat(locale, { timeZone, timeZoneName: 'short' })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName')?.value;

/** Time left, in milliseconds, as a clock shows it: "14:05", "1:02:03"; never below "0:00". */
export function formatCountdown(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}
