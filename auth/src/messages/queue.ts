import { createHash } from 'node:crypto';
import { isDuplicateKey, makeEvent } from '@ticketing/common';
import { gatheredKinds, type GatheredKind, type Owed } from '../domain/facts';
import { storyOf } from '../domain/messages';
import { Messages, type StoredMessage } from '../store';
import { gather, told, untold } from './gathering';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/** Anything older than this is no longer news. */
const FRESH = 72 * HOUR;
/** Longer than an attempt takes (see `TRY` in sender.ts): after that, whoever held it has crashed. */
const LEASE = 2 * MINUTE;
const GIVE_UP = 24 * HOUR;

type Unset = Partial<Record<keyof StoredMessage, 1>>;

/** The pause after a failed attempt: 10 s, doubled each time, 15 minutes at most. */
const pauseAfter = (tries: number) => Math.min(10 * SECOND * 2 ** (tries - 1), 15 * MINUTE);

/** The queue of owed messages, shared by all replicas of the service. */
export function messageQueue(now: () => Date) {
  const later = (ms: number) => new Date(now().getTime() + ms);
  const done = { dueAt: 1 } as const;

  /**
   * Records a message's outcome, unless another write came first: then it was recorded already, or is to be sent once
   * more. A final outcome is published with it.
   */
  async function change(message: StoredMessage, $set: Partial<StoredMessage>, $unset: Unset = {}): Promise<boolean> {
    const { _id, version = null } = message;
    const event = 'dueAt' in $unset ? endOf({ ...message, problem: undefined, ...$set }) : undefined;
    const { modifiedCount } = await Messages.collection.updateOne(
      { _id: _id as never, version },
      { $set, $unset, $inc: { version: 1 }, ...(event && { $push: { outbox: event as never } }) },
    );
    return modifiedCount > 0;
  }

  /** The event with the outcome of a message about an order, for its outbox. The sweep publishes it. */
  function endOf(message: StoredMessage) {
    const event = storyOf(message);
    const aggregateId = createHash('sha256').update(message._id).digest('hex').slice(0, 24);
    const [version, at] = [(message.version ?? 0) + 1, now()];
    return event && makeEvent(event, { aggregateId, version, at, trace: message._id });
  }

  /** Parks a message that cannot be delivered. */
  async function park(message: StoredMessage, problem: string): Promise<true> {
    await change(message, { parkedAt: now(), problem }, done);
    return true;
  }

  return {
    /** Adds owed messages. Known ones, and those too old to be news, change nothing; void ones are not sent. */
    async owe(messages: Owed[]) {
      const writes = messages
        .filter(({ at }) => at > later(-FRESH))
        .map((message) => ({ updateOne: isGathered(message) ? gather(message, now()) : single(message, now()) }));
      if (writes.length > 0) await Messages.collection.bulkWrite(writes, { ordered: false }).catch(ifNotThereAlready);
    },

    /** Takes a message that is due, for one caller only. */
    take: () =>
      Messages.collection.findOneAndUpdate(
        // By number of attempts, so that the index skips everything due later, such as reminders.
        { tries: { $gte: 0 }, dueAt: { $lte: now() } },
        { $set: { dueAt: later(LEASE) }, $inc: { tries: 1 }, $min: { triedAt: now() } },
        { sort: { tries: 1, dueAt: 1 }, returnDocument: 'after' },
      ) as Promise<StoredMessage | null>,

    /** Deletes a message whose recipient no longer exists. */
    async drop({ _id }: StoredMessage) {
      await Messages.deleteOne({ _id });
    },

    async sent(message: StoredMessage) {
      const gathered = told(message, now());
      if (gathered) await Messages.collection.updateOne({ _id: message._id as never }, gathered);
      else await change(message, { sentAt: now() }, { ...done, problem: 1 });
    },

    /** Postpones a message that could not be sent; gives it up a day after the first attempt. Returns whether it did. */
    async postpone(message: StoredMessage, problem: string): Promise<boolean> {
      const [dueAt, { triedAt = now() }] = [later(pauseAfter(message.tries)), message];
      if (dueAt.getTime() - triedAt.getTime() > GIVE_UP) return park(message, problem);
      await change(message, { dueAt, problem });
      return false;
    },

    park,

    /** Sends a message again, whatever its outcome. False if another write came first. */
    again: (message: StoredMessage) =>
      change(
        message,
        { dueAt: now(), againAt: now(), tries: 0, ...untold(message) },
        { parkedAt: 1, problem: 1, triedAt: 1 },
      ),
  };
}

export type MessageQueue = ReturnType<typeof messageQueue>;

const isGathered = (message: Owed): message is Owed & { kind: GatheredKind } =>
  (gatheredKinds as readonly string[]).includes(message.kind);

/** Adds a single message; void ones are kept too, so that a late event does not bring them back. */
const single = ({ kind, about, to, at, facts, notBefore, isVoid }: Owed, now: Date) => ({
  filter: { _id: `${about}/${kind}/${to}` as never },
  update: {
    $setOnInsert: { kind, to, facts, tries: 0, owedAt: at, ...(!isVoid && { dueAt: notBefore ?? now }) },
    ...(isVoid && { $unset: { dueAt: 1 }, $set: { isVoid } }),
  },
  upsert: true,
});

/** Concurrent inserts of the same message collide: then it exists. */
function ifNotThereAlready(error: unknown) {
  if (!isDuplicateKey(error)) throw error;
}
