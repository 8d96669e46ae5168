/**
 * The API's clock, in milliseconds since 1970, as its answer's `Date` header tells it (to the second);
 * the local clock where there is no such header.
 */
export function serverTime(date: unknown): number {
  const time = typeof date === 'string' ? Date.parse(date) : NaN;
  return Number.isNaN(time) ? Date.now() : time;
}
