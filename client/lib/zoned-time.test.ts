import { isSkipped, toInstant, toOffsetTime, toWallTime } from './zoned-time';

it.each([
  ['Europe/Berlin', '2026-11-21', '20:00', '2026-11-21T19:00:00.000Z'],
  ['Europe/Berlin', '2026-07-01', '00:00', '2026-06-30T22:00:00.000Z'],
  ['America/New_York', '2026-12-31', '23:30', '2027-01-01T04:30:00.000Z'],
  ['Asia/Kathmandu', '2026-05-05', '05:45', '2026-05-05T00:00:00.000Z'],
  ['Pacific/Kiritimati', '2026-01-01', '00:00', '2025-12-31T10:00:00.000Z'],
  ['UTC', '2028-02-29', '12:00', '2028-02-29T12:00:00.000Z'],
])('in %s, %s at %s is %s, and back', (zone, date, time, instant) => {
  expect(toInstant({ date, time }, zone)).toBe(instant);
  expect(toWallTime(instant, zone)).toEqual({ date, time });
});

it.each([
  ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
  ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
  ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
])('in %s clocks show %s %s twice: the first is used', (zone, date, time, instant) => {
  expect(toInstant({ date, time }, zone)).toBe(instant);
  expect(isSkipped({ date, time }, zone)).toBe(false);
});

it.each([
  ['Europe/Berlin', '2026-03-29', '02:30', '03:30'],
  ['America/New_York', '2026-03-08', '02:00', '03:00'],
  ['Australia/Lord_Howe', '2026-10-04', '02:15', '02:45'],
])('in %s clocks skip %s %s: it becomes %s', (zone, date, time, shown) => {
  expect(toWallTime(toInstant({ date, time }, zone) ?? '', zone)).toEqual({ date, time: shown });
  expect(isSkipped({ date, time }, zone)).toBe(true);
});

it.each([
  ['', ''],
  ['2026-11-21', ''],
  ['', '20:00'],
  ['2026-13-01', '20:00'],
])('"%s" at "%s" is not a time', (date, time) => {
  expect(toInstant({ date, time }, 'UTC')).toBeUndefined();
});

it.each([
  ['Europe/Berlin', '2026-12-24T18:30:00.000Z', '2026-12-24T19:30:00+01:00'],
  ['Europe/Berlin', '2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00+02:00'],
  ['Europe/Berlin', '2026-10-25T01:30:00.000Z', '2026-10-25T02:30:00+01:00'],
  ['America/St_Johns', '2026-01-01T00:00:59.000Z', '2025-12-31T20:30:59-03:30'],
  ['Pacific/Kiritimati', '2026-01-01T00:00:00.000Z', '2026-01-01T14:00:00+14:00'],
  ['UTC', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00+00:00'],
])('in %s, %s is %s', (zone, iso, said) => {
  expect(toOffsetTime(iso, zone)).toBe(said);
});
