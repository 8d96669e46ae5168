import { model, Schema, Types, type mongo } from 'mongoose';
import { aggregate, type Aggregate } from './aggregate';
import type { LeaverData } from './contract';
import { keepEnded } from './ended';
import { isDuplicateKey } from './errors';
import { collectionOf } from './mongo';
import type { Outbox } from './outbox';

/**
 * How long after hearing that someone leaves a service first checks whether anything of theirs is open, in milliseconds.
 * By then their earlier sessions have ended in all replicas, with everything those had begun, so nothing new starts.
 */
const QUIET = 30_000;
/** How often it checks again. */
const EVERY = 60_000;

/** Someone who wants their account deleted, as stored by each service. */
export interface StoredLeaver extends Aggregate {
  since: Date;
  generation: number;
  /** When to check whether anything is open; null once the service is done with them and has said so. */
  checkAt: Date | null;
}

const schema = new Schema<StoredLeaver>({ since: Date, generation: Number, checkAt: Date }, { collection: 'leavers' });
schema.plugin(aggregate);
schema.index({ checkAt: 1 }, { partialFilterExpression: { checkAt: { $type: 'date' } } });
export const Leavers = model('Leaver', schema);

const leavers = () => collectionOf(Leavers) as unknown as mongo.Collection<StoredLeaver>;

/** Leavers are an aggregate of each service, but need not be republished: auth asks again every hour. */
export const ownedLeavers = { model: Leavers, snapshot: () => undefined };

/** People a service has to be done with before their accounts are deleted. */
export interface Leaving {
  /** Someone leaves; safe to repeat. */
  ask(asked: LeaverData[]): Promise<void>;
  /** They stay after all, or are deleted. */
  forget(ids: string[]): Promise<void>;
  /** Checks those that are due, and publishes those the service is done with. */
  check(): Promise<void>;
}

/**
 * @param subject published when the service is done with someone
 * @param isDone whether nothing of theirs is open any more, by majority reads; it may do its part first
 * @param quiet how long to wait before the first check; 0 where people start nothing themselves
 */
export function createLeaving(
  outbox: Outbox,
  subject: 'user:delisted' | 'user:settled' | 'user:paid',
  isDone: (userId: string, since: Date) => Promise<boolean>,
  now: () => Date,
  quiet = QUIET,
): Leaving {
  const later = (ms: number) => new Date(now().getTime() + ms);

  const take = () =>
    leavers().findOneAndUpdate(
      { checkAt: { $lte: now() } },
      { $set: { checkAt: later(EVERY) } },
      { sort: { checkAt: 1 }, returnDocument: 'after' },
    );

  return {
    async ask(asked) {
      if (asked.length === 0) return;
      await keepEnded(
        asked.map(({ id, since, generation }) => ({ userId: id, sid: null, generation, endedAt: since })),
      );
      const writes = asked.map(({ id, since, generation }) => ({
        updateOne: {
          filter: { _id: new Types.ObjectId(id), since: { $lte: new Date(since) } },
          update: {
            $set: { since: new Date(since), generation, checkAt: later(quiet) },
            $setOnInsert: { outbox: [] },
            $inc: { version: 1 },
          },
          upsert: true,
        },
      }));
      await leavers()
        .bulkWrite(writes, { ordered: false })
        // They have left again since: this event is old.
        .catch((error: unknown) => {
          if (!isDuplicateKey(error)) throw error;
        });
    },

    async forget(ids) {
      await leavers().deleteMany({ _id: { $in: ids.map((id) => new Types.ObjectId(id)) } });
    },

    async check() {
      for (let leaver = await take(); leaver; leaver = await take()) {
        const { _id, version, since, generation } = leaver;
        const id = _id.toString();
        if (!(await isDone(id, since))) continue;
        const events = [{ subject, data: { id, since: since.toISOString(), generation } }];
        const cause = { trace: `leaving-${id}` };
        await outbox.commitAll(Leavers, [{ _id, version, set: { checkAt: null }, events, cause }]);
      }
    },
  };
}
