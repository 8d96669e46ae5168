/**
 * The API's time in milliseconds since 1970, from the response's `Date` header; the local time without one. The header
 * has no fractions, so this is the end of that second: better early than too late.
 */
export function serverTime(date: unknown): number {
  const time = typeof date === 'string' ? Date.parse(date) : NaN;
  return Number.isNaN(time) ? Date.now() : time + 999;
}
