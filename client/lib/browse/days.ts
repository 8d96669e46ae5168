import { toWallTime } from '@/lib/zoned-time';

/** Days of the calendar, written as date inputs do: "2026-11-21". */
export type Day = string;

/** From one day to another, both included; open where one is missing. */
export interface Days {
  from?: Day;
  to?: Day;
}

const DAY_MS = 86_400_000;

/** A day that there is, of the years 2000 to 2999; else undefined. */
export function asDay(text: string): Day | undefined {
  if (!/^2\d{3}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : undefined;
}

const plus = (day: Day, days: number): Day => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The day that it is in a time zone (IANA). */
export const dayAt = (now: Date, timeZone: string): Day => toWallTime(now.toISOString(), timeZone).date;

/** Days that people go out on, seen from a day: the coming weekend is this one as long as it lasts. */
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

/** Some days as people of a locale write them: "Nov 21 – 22, 2026". An open end is left to the words around it. */
export function formatDays({ from, to }: Days, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const [first, last] = [from ?? to, to ?? from].map((day) => new Date(day ?? NaN)) as [Date, Date];
  return format.formatRange(first, last).replaceAll('\u202f', ' ').replaceAll('\u2009', ' ');
}
