const usd = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** A price in dollars, as people read it: 49.5 → "$49.50". */
export const formatPrice = (price: number): string => usd.format(price);

/** An ISO time as a date and time of `timeZone`, the visitor's own if undefined. */
export function formatTime(iso: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: timeZone ? 'short' : undefined,
    timeZone,
  });
  return format.format(new Date(iso));
}

/** Time left, in milliseconds, as a clock shows it: "14:05", "1:02:03"; never below "0:00". */
export function formatCountdown(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** A colour of its own for each ticket: a hue in degrees, from the last digits of its id. */
export const hueOf = (id: string): number => (parseInt(id.slice(-4), 16) || 0) % 360;
