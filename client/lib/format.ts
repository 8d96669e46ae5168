import { moneyOf } from '@ticketing/common/contract/money';
import { currency } from './config';

/** Formats prices and times for a locale (BCP 47, such as en-GB). */

const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Each takes about 30 KB, and the combinations of regions and zones are endless. */
const MOST_KEPT = 500;

/** Creating an Intl formatter costs a hundred times its use, so they are cached, up to a limit. */
function once<T extends Intl.NumberFormat | Intl.DateTimeFormat>(make: () => T, ...key: unknown[]): T {
  const name = JSON.stringify(key);
  const known = made.get(name) as T | undefined;
  if (known) return known;
  if (made.size >= MOST_KEPT) made.clear();
  const fresh = make();
  made.set(name, fresh);
  return fresh;
}

/** A clock of 24 hours has two digits for them, whatever is shown beside it: engines leave one out now and then. */
export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  once(
    () => {
      const format = new Intl.DateTimeFormat(locale, options);
      const is24 = format.resolvedOptions().hourCycle?.startsWith('h2');
      return is24 ? new Intl.DateTimeFormat(locale, { ...options, hour: '2-digit' }) : format;
    },
    locale,
    options,
  );

/** Some engines put a narrow no-break space before "PM", others a regular space: server and browser must agree. */
const plain = (text: string) => text.replaceAll('\u202f', ' ');

/** A price in our currency: 49.5 → "$49.50" for dollars in en-US. */
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

const isThisYear = (date: Date, timeZone?: string) => {
  const year = dateFormat('en', { year: 'numeric', timeZone });
  return year.format(date) === year.format(new Date());
};

/**
 * An ISO time as date (with the year if it is not the current one, or `hasYear`) and time in `timeZone`, with the zone's
 * name; in the browser's own zone if undefined.
 */
export function formatTime(iso: string, locale: string, timeZone?: string, hasYear = false): string {
  const date = new Date(iso);
  return plain(
    dateFormat(locale, {
      ...((hasYear || !isThisYear(date, timeZone)) && { year: 'numeric' }),
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZone,
      timeZoneName: 'short',
    }).format(date),
  );
}

/** An ISO time as time of day in `timeZone`, with the zone's name: "8:00 PM GMT+1". */
export const formatClock = (iso: string, locale: string, timeZone: string): string =>
  plain(
    dateFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone, timeZoneName: 'short' }).format(new Date(iso)),
  );

/** The month of an ISO time, in UTC: "March 2026". */
export const formatMonth = (iso: string, locale: string): string =>
  dateFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(iso));

/** When an event starts, split into parts for layouts. */
export interface EventTime {
  /** "Sat, Nov 21", with the year if it is not the current one. */
  date: string;
  /** "Saturday, November 21, 2026" */
  longDate: string;
  /** "8:00 PM" */
  time: string;
  /** The zone's short name; empty if the visitor's clock shows the venue's time. */
  zone: string;
  /** "21", "NOV" and "SAT", for a tear-off calendar. */
  day: string;
  month: string;
  weekday: string;
}

const offsetAt = (date: Date, timeZone: string) =>
  dateFormat('en', { timeZone, timeZoneName: 'longOffset', year: 'numeric' }).formatToParts(date).at(-1)?.value;

/**
 * When an event starts, in the venue's time zone (`timeZone`, IANA; UTC if null). `visitorZone` is the visitor's own,
 * if known: until then the zone is named. Undefined if the seller gave no start.
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
  const isElsewhere = visitorZone === undefined || offsetAt(date, visitorZone) !== offsetAt(date, zone);
  return {
    date: write({
      weekday: 'short',
      month: 'short',
      day: 'numeric',
      ...(!isThisYear(date, zone) && { year: 'numeric' }),
    }),
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

/** Formats time left in milliseconds as a clock: "14:05", "1:02:03"; never below "0:00". */
export function formatCountdown(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** A country's name, from its code in any case. */
export const formatCountry = (code: string, locale: string): string =>
  new Intl.DisplayNames(locale, { type: 'region' }).of(code.toUpperCase()) ?? code;
