import type { TicketBody } from '@ticketing/common/contract';
import { listingLimits } from '@ticketing/common/contract/limits';
import { moneyOf } from '@ticketing/common/contract/money';
import { ApiError } from '@/lib/api/errors';
import { currency } from '@/lib/config';
import { readPrice } from '@/lib/price';
import { isSkipped, toInstant, toWallTime } from '@/lib/zoned-time';

/** A listing form's values, as typed. */
export type ListingValues = Record<string, string>;

const textFields = Object.keys(listingLimits) as (keyof typeof listingLimits)[];

/**
 * The form's values for an existing listing; `zone` is the default time zone.
 * @param write formats a price for the reader
 */
export function valuesOfListing(ticket: TicketBody, zone: string, write: (price: number) => string): ListingValues {
  const timeZone = ticket.timeZone ?? zone;
  const texts = Object.fromEntries(textFields.map((name) => [name, ticket[name] ?? '']));
  const begins = ticket.startsAt ? toWallTime(ticket.startsAt, timeZone) : { date: '', time: '' };
  const faceValue = ticket.faceValue === null ? '' : write(ticket.faceValue);
  return { ...texts, category: ticket.category, ...begins, timeZone, price: write(ticket.price), faceValue };
}

/** What the form starts with for another ticket of the same event: all but its seat, which is its own. */
export const valuesLike = (...known: Parameters<typeof valuesOfListing>): ListingValues => ({
  ...valuesOfListing(...known),
  seat: '',
});

const wallOf = ({ date = '', time = '' }: ListingValues) => ({ date, time });

/** When the event starts, in ISO 8601, if both date and time are given. */
export const startOf = (values: ListingValues): string | undefined =>
  toInstant(wallOf(values), values.timeZone ?? 'UTC');

/** Form fields that differ from the API's, or are not the listing's. */
const apart = ['date', 'time', 'timeZone', 'price', 'faceValue', 'delivery', 'content', 'url', 'code', 'note'];

type Known = Pick<TicketBody, 'startsAt' | 'timeZone' | 'delivery'>;

/** The start of `known`, if the form still shows it: clocks may show a time twice, and inputs omit seconds. */
function unmoved(values: ListingValues, { startsAt, timeZone }: Known): string | undefined {
  if (!startsAt || !timeZone || timeZone !== values.timeZone) return undefined;
  const { date, time } = toWallTime(startsAt, timeZone);
  return date === values.date && time === values.time ? startsAt : undefined;
}

/**
 * The form's values in the API's format: empty fields are null, the price a decimal, the time an instant with its zone.
 * @param known the current listing, when editing
 */
export function toListing(values: ListingValues, known: Known = { startsAt: null, timeZone: null, delivery: null }) {
  const { timeZone, price = '', faceValue = '', delivery = known.delivery } = values;
  const startsAt = unmoved(values, known) ?? startOf(values);
  const texts = Object.entries(values).filter(([name]) => !apart.includes(name));
  const said = texts.map(([name, value]) => [name, value.trim() || null]);
  return {
    ...(Object.fromEntries(said) as Record<string, string | null>),
    price: readPrice(price) ?? price,
    faceValue: faceValue.trim() ? (readPrice(faceValue) ?? faceValue) : null,
    delivery,
    startsAt: startsAt ?? null,
    timeZone: startsAt ? timeZone : null,
  };
}

/** The API's errors on `startsAt` belong to the form's date. */
export function toTyped(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const errors = error.errors.map((each) => (each.field === 'startsAt' ? { ...each, field: 'date' } : each));
  return new ApiError(error.status, errors);
}

/** Possible errors of a listing, named after their texts. */
type Problem =
  | 'titleMissing'
  | 'priceMissing'
  | 'priceWrong'
  | 'priceRange'
  | 'dateMissing'
  | 'timeMissing'
  | 'skipped'
  | 'deliveryMissing';

function problemOfPrice(typed: string): Problem | undefined {
  const price = readPrice(typed);
  if (price === undefined) return 'priceWrong';
  const { min, max, toMinor } = moneyOf(currency());
  const minor = toMinor(Number(price));
  return minor >= min && minor <= max ? undefined : 'priceRange';
}

/**
 * The error of a listing's field, if any. Whether it starts in the future is for the API to decide, since the visitor's
 * clock may be wrong.
 */
export function problemOf(field: string, values: ListingValues): Problem | undefined {
  const value = (values[field] ?? '').trim();
  switch (field) {
    case 'title':
      return value ? undefined : 'titleMissing';
    case 'price':
      return value ? problemOfPrice(value) : 'priceMissing';
    case 'faceValue':
      return value ? problemOfPrice(value) : undefined;
    case 'delivery':
      return value ? undefined : 'deliveryMissing';
    case 'date':
      return !value && values.time ? 'dateMissing' : undefined;
    case 'time':
      if (!value) return values.date ? 'timeMissing' : undefined;
      return isSkipped(wallOf(values), values.timeZone ?? 'UTC') ? 'skipped' : undefined;
    default:
      return undefined;
  }
}

/** A listing's status: `past` if it was not sold before its event started, `refunded` once its sale was undone. */
export type Standing = TicketBody['status'] | 'past' | 'refunded';

export function standingOf(
  { status, startsAt, isRefunded }: Pick<TicketBody, 'status' | 'startsAt' | 'isRefunded'>,
  now: number,
): Standing {
  if (status === 'sold' && isRefunded) return 'refunded';
  return status === 'available' && startsAt && Date.parse(startsAt) <= now ? 'past' : status;
}

/** The newer of two states of a listing: updates may arrive late or twice. */
export const newer = (known: TicketBody, news: TicketBody): TicketBody =>
  news.version >= known.version ? news : known;
