import { z } from 'zod';
import {
  isGiven,
  oneOf,
  optionalOneOf,
  optionalPrice,
  optionalText,
  optionalTime,
  optionalTimeZone,
  price,
  text,
} from './fields';
import { listingLimits as limits } from './limits';
import { Category, ContactKind, DeliveryPromise } from './statuses';

/**
 * A seller's input for a listing: the single source of how it is validated, documented, stored and published.
 * Everything except title and price is optional. Prices are parsed into minor units, times into Dates.
 */
export const ListingInput = z
  .object({
    title: text('title', limits.title),
    price,
    description: optionalText('description', limits.description),
    category: oneOf('category', Category.options, 'other'),
    venue: optionalText('venue', limits.venue),
    city: optionalText('city', limits.city),
    startsAt: optionalTime('startsAt'),
    timeZone: optionalTimeZone,
    section: optionalText('section', limits.section),
    row: optionalText('row', limits.row),
    seat: optionalText('seat', limits.seat),
    delivery: optionalOneOf('delivery', DeliveryPromise.options),
    faceValue: optionalPrice,
  })
  .superRefine(({ startsAt, timeZone }, context) => {
    if (isGiven(startsAt) === isGiven(timeZone)) return;
    const path = [startsAt ? 'timeZone' : 'startsAt'];
    context.addIssue({ code: 'custom', path, message: 'time-without-zone' });
  });

export type Listing = z.output<typeof ListingInput>;

/** Optional fields, missing from events published before the field existed. */
const Text = z.string().nullable().default(null);

/** Event details, as far as the seller gave them. */
export const EventDetails = z.object({
  category: Category.default('other'),
  venue: Text,
  city: Text,
  /** When the event starts. Its tickets are listed and sold until then. */
  startsAt: z.iso.datetime().nullable().default(null),
  /** The venue's IANA time zone, such as Europe/Berlin; given together with `startsAt`. */
  timeZone: Text,
  section: Text,
  row: Text,
  seat: Text,
  /** How it is handed over; null if seller and buyer arrange that between them. */
  delivery: DeliveryPromise.nullable().default(null),
});
export type EventDetails = z.infer<typeof EventDetails>;

/** A description that is hidden, or waits for the support desk because it contains contact details. */
export const DescriptionReview = z.object({
  status: z.enum(['waiting', 'hidden']),
  /** Empty if the support desk hid it for another reason. */
  found: z.array(ContactKind),
  /** The support desk's reason for hiding it; null while it waits. */
  reason: z.string().nullable(),
});
export type DescriptionReview = z.infer<typeof DescriptionReview>;
