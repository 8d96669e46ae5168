/**
 * The API's clock, in milliseconds since 1970, as its answer's `Date` header tells it; the local clock where there
 * is no such header. The header drops the fraction, so this is the end of that second: better early than too late.
 */
export function serverTime(date: unknown): number {
  const time = typeof date === 'string' ? Date.parse(date) : NaN;
  return Number.isNaN(time) ? Date.now() : time + 999;
}
