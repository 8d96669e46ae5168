import { Category, parsePrice } from '@ticketing/common';
import { body, type Meta } from 'express-validator';
import type { Request } from 'express';
import { z } from 'zod';
import type { Listing } from './domain/ticket';

/** Null and the empty text say nothing, as an absent field does. */
const isSaid = (value: unknown) => value !== undefined && value !== null && value !== '';

const text = (max: number, ...fields: string[]) =>
  body(
    fields,
    (_value: unknown, { path }: Meta) =>
      `${path[0]?.toUpperCase()}${path.slice(1)} must be a text of at most ${max} characters`,
  )
    .optional({ values: 'null' })
    .isString()
    .bail()
    .trim()
    .isLength({ max });

const Time = z.iso.datetime({ offset: true });

/** The moment that a text in ISO 8601 with its offset or Z names, or undefined. */
export const timeOf = (text: unknown): Date | undefined => {
  const { data } = Time.safeParse(text);
  return data === undefined ? undefined : new Date(data);
};

function isTimeZone(value: unknown) {
  if (typeof value !== 'string' || !/^[a-z]/i.test(value)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: value }));
  } catch {
    return false;
  }
}

/** Says whether a field may stay as it is: said rightly, or unsaid while its partner is unsaid too. */
const together =
  (partner: string, isRight: (value: unknown) => boolean) =>
  (value: unknown, { req }: Meta) =>
    isSaid(value) ? isRight(value) : !isSaid((req.body as Record<string, unknown>)[partner]);

/** Checks what a seller says of a listing. All but title and price may be left unsaid. */
export const listing = [
  body('title', 'Title must have 1 to 200 characters').isString().bail().trim().isLength({ min: 1, max: 200 }),
  body('price', 'Price must be a number above 0 and at most 999,999.99, with two decimals at most').custom(
    (value) => parsePrice(value) !== undefined,
  ),
  text(2_000, 'description'),
  body('category', `Category must be one of ${Category.options.join(', ')}`).custom(
    (value) => !isSaid(value) || Category.safeParse(value).success,
  ),
  text(100, 'venue', 'city'),
  text(20, 'section', 'row', 'seat'),
  body('startsAt', 'startsAt must be a time in ISO 8601 with its offset or Z, said together with timeZone').custom(
    together('timeZone', (value) => timeOf(value) !== undefined),
  ),
  body('timeZone', 'timeZone must be an IANA time zone as Europe/Berlin, said together with startsAt').custom(
    together('startsAt', isTimeZone),
  ),
];

/** The listing that a checked request speaks of: what it leaves unsaid is null. */
export function listingOf(req: Request): Listing {
  const said = req.body as { title: string; price: unknown; category?: Category } & Record<
    string,
    string | null | undefined
  >;
  return {
    title: said.title,
    price: parsePrice(said.price) ?? 0,
    description: said.description || null,
    category: said.category || 'other',
    venue: said.venue || null,
    city: said.city || null,
    startsAt: said.startsAt ? new Date(said.startsAt) : null,
    timeZone: said.timeZone || null,
    section: said.section || null,
    row: said.row || null,
    seat: said.seat || null,
  };
}
