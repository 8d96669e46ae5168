import { z } from 'zod';
import { isGiven, oneOf, optionalText, optionalTime, optionalTimeZone, price, text } from './fields';
import { listingLimits as limits } from './limits';
import { Category } from './statuses';

/**
 * What a seller says of a listing: the one source of how it is validated, described, stored and told. All but title
 * and price may be left out. Prices are read as minor units, times as moments.
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
  })
  .superRefine(({ startsAt, timeZone }, context) => {
    if (isGiven(startsAt) === isGiven(timeZone)) return;
    const path = [startsAt ? 'timeZone' : 'startsAt'];
    context.addIssue({ code: 'custom', path, message: 'time-without-zone' });
  });

export type Listing = z.output<typeof ListingInput>;

/** What may be left unsaid, and was by those who published before the field was there. */
const Text = z.string().nullable().default(null);

/** What a ticket is for, as far as its seller said so. */
export const EventDetails = z.object({
  category: Category.default('other'),
  venue: Text,
  city: Text,
  /** When it begins. Its tickets are listed and sold until then. */
  startsAt: z.iso.datetime().nullable().default(null),
  /** The venue's time zone (IANA, as Europe/Berlin); said with `startsAt`. */
  timeZone: Text,
  section: Text,
  row: Text,
  seat: Text,
});
export type EventDetails = z.infer<typeof EventDetails>;
