import { z } from 'zod';
import { noSuch } from '../domain/errors';
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

export function createdWithin(range: z.infer<typeof created>): (object: { created: number }) => boolean {
  if (range === undefined) return () => true;
  const {
    gt = -Infinity,
    gte = -Infinity,
    lt = Infinity,
    lte = Infinity,
  } = typeof range === 'number' ? { gte: range, lte: range } : range;
  return (object) => object.created > gt && object.created >= gte && object.created < lt && object.created <= lte;
}

/** A page of the objects that pass `filter`, newest first. */
export function listOf<T extends { id: string }>(
  collection: Collection<T>,
  { limit, starting_after }: { limit: number; starting_after?: string },
  url: string,
  filter: (object: T) => boolean,
): Effect {
  if (starting_after !== undefined && !collection.get(starting_after)) {
    throw noSuch('object', starting_after, 'starting_after');
  }
  const data: T[] = [];
  for (const object of collection.newestFirst(starting_after)) {
    if (!filter(object)) continue;
    if (data.length === limit) return found({ object: 'list', url, has_more: true, data });
    data.push(object);
  }
  return found({ object: 'list', url, has_more: false, data });
}
