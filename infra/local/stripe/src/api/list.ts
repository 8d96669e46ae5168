import { z } from 'zod';
import { noSuch } from '../domain/errors';
import type { StripeObject } from '../domain/objects';
import type { Collection } from '../storage/collection';
import { found, type Effect } from './endpoint';
import { integer } from './params';

/** Parameters of every list (Stripe docs: "Pagination"). */
export const page = {
  limit: integer
    .refine((limit) => limit >= 1 && limit <= 100, { error: 'Invalid limit: must be between 1 and 100' })
    .default(10),
  starting_after: z.string().optional(),
};

/** Unix seconds: exactly these, or a range. */
export const created = z
  .union([
    integer,
    z.strictObject({
      gt: integer.optional(),
      gte: integer.optional(),
      lt: integer.optional(),
      lte: integer.optional(),
    }),
  ])
  .optional();

type Range = z.infer<typeof created>;

function createdWithin(range: Range): (object: { created: number }) => boolean {
  if (range === undefined) return () => true;
  const {
    gt = -Infinity,
    gte = -Infinity,
    lt = Infinity,
    lte = Infinity,
  } = typeof range === 'number' ? { gte: range, lte: range } : range;
  return (object) => object.created > gt && object.created >= gte && object.created < lt && object.created <= lte;
}

/** A page of the objects created in a range whose fields are as `wanted` (any, where undefined), newest first. */
export function listOf<T extends StripeObject & { created: number }>(
  collection: Collection<T>,
  { limit, starting_after, created: range }: { limit: number; starting_after?: string; created?: Range },
  url: string,
  wanted: { [Field in keyof T]?: T[Field] | undefined } = {},
): Effect {
  if (starting_after !== undefined && !collection.get(starting_after)) {
    throw noSuch('object', starting_after, 'starting_after');
  }
  const within = createdWithin(range);
  const fields = (Object.keys(wanted) as (keyof T)[]).filter((field) => wanted[field] !== undefined);
  const data: T[] = [];
  for (const object of collection.newestFirst(starting_after)) {
    if (!within(object) || fields.some((field) => object[field] !== wanted[field])) continue;
    if (data.length === limit) return found({ object: 'list', url, has_more: true, data });
    data.push(object);
  }
  return found({ object: 'list', url, has_more: false, data });
}
