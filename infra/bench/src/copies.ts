import type { mongo } from 'mongoose';
import mongoose from 'mongoose';

/** How many of them a database makes at once. */
const BATCH = 10_000;

const ID = /([0-9a-f]{24})/;
const { ObjectId } = mongoose.Types;

/** Every id that is in some documents, on its own or within a text → how those in its place begin. */
export type Ids = Map<string, string>;

export function idsIn(documents: unknown[]): Ids {
  const found = [...JSON.stringify(documents).matchAll(new RegExp(ID, 'g'))].map(([id]) => id);
  // As in any ObjectId, the time comes first.
  const time = Math.floor(Date.now() / 1000).toString(16);
  return new Map([...new Set(found)].map((id, index) => [id, time + index.toString(16).padStart(4, '0')]));
}

/**
 * A document as an expression of MongoDB: the same for each copy, but that each id in it is another, of the `n`th copy.
 * So a copy's documents belong together, in whichever database they are.
 */
function copying(value: unknown, ids: Ids): unknown {
  const number = { $toString: { $add: [mongoose.mongo.Long.fromString('1000000000000'), '$n'] } };
  // Decimal digits are hexadecimal ones, too.
  const idOf = (id: string) => ({ $concat: [ids.get(id), { $substrBytes: [number, 1, 12] }] });
  const each = (value: unknown): unknown => {
    if (value instanceof ObjectId) return { $toObjectId: idOf(value.toString()) };
    if (typeof value === 'string' && ID.test(value))
      return { $concat: value.split(ID).map((part) => (ids.has(part) ? idOf(part) : { $literal: part })) };
    if (Array.isArray(value)) return value.map(each);
    if (value && Object.getPrototypeOf(value) === Object.prototype)
      return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, each(field)]));
    return { $literal: value };
  };
  return each(value);
}

/** Has a database copy some documents of one of its collections so often, without sending them to it. */
export async function copy(
  db: mongo.Db,
  collection: string,
  documents: object[],
  ids: Ids,
  count: number,
): Promise<void> {
  const copies = documents.map((document) => copying(document, ids));
  for (let from = 0; from < count; from += BATCH) {
    const pipeline = [
      { $documents: [{ n: { $range: [from, Math.min(from + BATCH, count)] } }] },
      { $unwind: '$n' },
      { $project: { copy: copies } },
      { $unwind: '$copy' },
      { $replaceWith: '$copy' },
      { $merge: { into: collection, whenMatched: 'fail' } },
    ];
    await db.aggregate(pipeline, { writeConcern: { w: 1 } }).toArray();
  }
}
