import { toWallTime } from '@/lib/zoned-time';

/** Calendar days in the format of date inputs: "2026-11-21". */
export type Day = string;

/** A range of days, inclusive; open if an end is missing. */
export interface Days {
  from?: Day;
  to?: Day;
}

const DAY_MS = 86_400_000;

/** A valid day in the years 2000 to 2999, otherwise undefined. */
export function asDay(text: string): Day | undefined {
  if (!/^2\d{3}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : undefined;
}

const plus = (day: Day, days: number): Day => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Today in an IANA time zone. */
export const dayAt = (now: Date, timeZone: string): Day => toWallTime(now.toISOString(), timeZone).date;

/** Common date ranges, relative to a day: "this weekend" includes the current one until it ends. */
export function spansFrom(today: Day): Record<'today' | 'weekend' | 'week' | 'month', Required<Days>> {
  const date = new Date(today);
  const untilSaturday = 6 - date.getUTCDay();
  const isSunday = untilSaturday === 6;
  const weekend = isSunday
    ? { from: today, to: today }
    : { from: plus(today, untilSaturday), to: plus(today, untilSaturday + 1) };
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
  return {
    today: { from: today, to: today },
    weekend,
    week: { from: today, to: plus(today, 6) },
    month: { from: today, to: lastOfMonth },
  };
}

/** A range of days formatted for a locale: "Nov 21 – 22, 2026". Open ends are left to the surrounding text. */
export function formatDays({ from, to }: Days, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const [first, last] = [from ?? to, to ?? from].map((day) => new Date(day ?? NaN)) as [Date, Date];
  return format.formatRange(first, last).replaceAll('\u202f', ' ').replaceAll('\u2009', ' ');
}
