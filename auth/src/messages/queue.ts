import { createHash } from 'node:crypto';
import { isDuplicateKey, makeEvent } from '@ticketing/common';
import type { Owed } from '../domain/facts';
import { storyOf } from '../domain/messages';
import { Messages, type StoredMessage } from '../store';

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/** What was owed longer ago than this before it was heard of is no news any more. */
const FRESH = 72 * HOUR;
/** Longer than a try takes (see smtp.ts): whoever had it then has crashed. */
const LEASE = 2 * MINUTE;
const GIVE_UP = 24 * HOUR;

type Unset = Partial<Record<keyof StoredMessage, 1>>;

/** The pause after a failed try: 10 s, doubled with each, 15 minutes at most. */
const pauseAfter = (tries: number) => Math.min(10 * SECOND * 2 ** (tries - 1), 15 * MINUTE);

/** The messages that are owed. All replicas of the service take from it. */
export function messageQueue(now: () => Date) {
  const done = { dueAt: 1 } as const;
  const later = (ms: number) => new Date(now().getTime() + ms);

  /**
   * Writes what became of a message, unless another write came first: then it was noted already, or is to be sent once
   * more. Ends are told with it.
   */
  async function change(message: StoredMessage, $set: Partial<StoredMessage>, $unset: Unset = {}): Promise<boolean> {
    const { _id, version = null } = message;
    const event = 'dueAt' in $unset ? told({ ...message, problem: undefined, ...$set }) : undefined;
    const { modifiedCount } = await Messages.collection.updateOne(
      { _id: _id as never, version },
      { $set, $unset, $inc: { version: 1 }, ...(event && { $push: { outbox: event as never } }) },
    );
    return modifiedCount > 0;
  }

  /** The event that says what became of a message about an order, for its outbox. The sweep publishes it. */
  function told(message: StoredMessage) {
    const event = storyOf(message);
    const aggregateId = createHash('sha256').update(message._id).digest('hex').slice(0, 24);
    const [version, at] = [(message.version ?? 0) + 1, now()];
    return event && makeEvent(event, { aggregateId, version, at, trace: message._id });
  }

  /** Gives a message up: it cannot be delivered. */
  async function park(message: StoredMessage, problem: string): Promise<true> {
    await change(message, { parkedAt: now(), problem }, done);
    return true;
  }

  return {
    /** Adds what is owed. What was added before, or is too old to be news, changes nothing; what is void is not sent. */
    async owe(messages: Owed[]) {
      const writes = messages
        .filter(({ at }) => at > later(-FRESH))
        .map(({ kind, about, to, at, facts, notBefore = now(), isVoid }) => ({
          updateOne: {
            filter: { _id: `${about}/${kind}/${to}` },
            // A void one is kept, too: an event that comes late does not bring it back.
            update: isVoid
              ? {
                  $unset: done,
                  $set: { isVoid: true },
                  $setOnInsert: { kind, to, facts, tries: 0, owedAt: at },
                }
              : { $setOnInsert: { kind, to, facts, tries: 0, dueAt: notBefore, owedAt: at } },
            upsert: true,
          },
        }));
      if (writes.length > 0) await Messages.bulkWrite(writes, { ordered: false }).catch(ifNotThereAlready);
    },

    /** Takes a message whose time has come, for one caller alone. */
    take: () =>
      Messages.collection.findOneAndUpdate(
        { dueAt: { $lte: now() } },
        { $set: { dueAt: later(LEASE) }, $inc: { tries: 1 } },
        { sort: { tries: 1, dueAt: 1 }, returnDocument: 'after' },
      ) as Promise<StoredMessage | null>,

    /** Forgets a message whose recipient is no more. */
    async drop({ _id }: StoredMessage) {
      await Messages.deleteOne({ _id });
    },

    sent: (message: StoredMessage) => change(message, { sentAt: now() }, { ...done, problem: 1 }),

    /** Puts a message that could not be sent off until later; gives it up after a day. Returns whether it did. */
    async postpone(message: StoredMessage, problem: string): Promise<boolean> {
      const dueAt = later(pauseAfter(message.tries));
      const since = message.againAt ?? message.owedAt;
      if (dueAt.getTime() - since.getTime() > GIVE_UP) return park(message, problem);
      await change(message, { dueAt, problem });
      return false;
    },

    park,

    /** Has a message sent again, whatever became of it. False if another write came first. */
    again: (message: StoredMessage) =>
      change(message, { dueAt: now(), againAt: now(), tries: 0 }, { parkedAt: 1, problem: 1 }),
  };
}

export type MessageQueue = ReturnType<typeof messageQueue>;

/** Two that add the same message at once collide: then it is there. */
function ifNotThereAlready(error: unknown) {
  if (!isDuplicateKey(error)) throw error;
}
