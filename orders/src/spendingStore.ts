import { isDuplicateKey } from '@ticketing/common';
import { model, Schema, trusted } from 'mongoose';

/** What someone at the support desk has decided alone on a day (UTC). */
interface Spending {
  /** The account and the day. */
  _id: string;
  /** The total price of the orders decided about, in minor units. */
  sum: number;
  /** Each decision with its order, so that a repeat is counted once. */
  decided: string[];
  day: Date;
}

const TWO_DAYS = 172_800;

const schema = new Schema<Spending>(
  { _id: String, sum: Number, decided: [String], day: Date },
  { collection: 'spendings', versionKey: false, autoIndex: false },
);
schema.index({ day: 1 }, { expireAfterSeconds: TWO_DAYS });
export const Spendings = model('Spending', schema);

/** A decision about an order, by one person. */
export interface Spent {
  by: string;
  /** The decision and its order. */
  what: string;
  /** In minor units. */
  amount: number;
  at: Date;
}

/**
 * Counts a decision towards its day, in one write: of any number at once, only as many count as fit. A repeat is
 * not counted again.
 * @param most the daily maximum
 * @returns whether it fits
 */
export async function spend({ by, what, amount, at }: Spent, most: number): Promise<boolean> {
  if (amount > most) return false;
  const day = at.toISOString().slice(0, 10);
  const _id = `${by} ${day}`;
  const fits = { _id, decided: trusted({ $ne: what }), sum: trusted({ $lte: most - amount }) };
  const count = { $inc: { sum: amount }, $push: { decided: what }, $setOnInsert: { day: new Date(day) } };
  for (;;) {
    try {
      await Spendings.updateOne(fits, count, { upsert: true });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const known = await Spendings.findById(_id).lean();
      if (known?.decided.includes(what)) return true;
      if (known && known.sum > most - amount) return false;
    }
  }
}
