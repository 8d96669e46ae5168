/** Converts between an instant and the local time at the venue, in the format of date and time inputs. */

const minute = 60_000;
const day = 24 * 60 * minute;

/** The local time in `timeZone` at an instant, as milliseconds, as if it were UTC. */
function wallAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(instant);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
}

/** A zone's offset from UTC at an instant, in milliseconds. */
const offsetAt = (instant: number, timeZone: string) =>
  wallAt(instant, timeZone) - Math.floor(instant / minute) * minute;

/** A date (2026-11-21) and a time of day (20:00), as inputs provide them; empty if not chosen. */
export interface WallTime {
  date: string;
  time: string;
}

/**
 * The instant, in ISO 8601, at which clocks in `timeZone` (IANA) show `date` and `time`. If they show it twice, the
 * first; if they skip it, shifted forward by the length of the skip. Undefined for invalid input.
 */
export function toInstant({ date, time }: WallTime, timeZone: string): string | undefined {
  const wall = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(wall)) return undefined;
  const [before, after] = [wall - day, wall + day].map((near) => wall - offsetAt(near, timeZone)) as [number, number];
  const shows = (instant: number) => wallAt(instant, timeZone) === wall;
  return new Date(!shows(before) && shows(after) ? after : before).toISOString();
}

/** The local date and time in `timeZone` at an instant. */
export function toWallTime(iso: string, timeZone: string): WallTime {
  const [date = '', time = ''] = new Date(wallAt(Date.parse(iso), timeZone)).toISOString().split('T');
  return { date, time: time.slice(0, 5) };
}

/** Whether clocks in `timeZone` skip that time on that day, because they go forward. */
export function isSkipped(wall: WallTime, timeZone: string): boolean {
  const instant = toInstant(wall, timeZone);
  return instant !== undefined && toWallTime(instant, timeZone).time !== wall.time.slice(0, 5);
}

/** An instant in local time of `timeZone`, with its UTC offset: 2026-12-24T19:30:00+01:00. */
export function toOffsetTime(iso: string, timeZone: string): string {
  const instant = Date.parse(iso);
  const offset = offsetAt(instant, timeZone);
  const wall = new Date(instant + offset).toISOString().slice(0, 19);
  const ahead = new Date(Math.abs(offset)).toISOString().slice(11, 16);
  return `${wall}${offset < 0 ? '-' : '+'}${ahead}`;
}
