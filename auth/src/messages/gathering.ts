import type { GatheredKind, Owed } from '../domain/facts';
import type { StoredMessage } from '../store';

const HOUR = 3_600_000;
/** This many of a day's messages of a kind go out at once; each later one waits this long after the previous one. */
const [AT_ONCE, PAUSE] = [3, 4 * HOUR];
/** This many events a day are listed; later ones are only counted. */
const LISTED = 20;

/** Parses the stored news of each collected kind. */
interface Gathered {
  /** What happened, oldest first: topic, time and facts. */
  news: object[];
  /** How much happened, and how much of that was sent. */
  count: number;
  told: number;
}

const isGathered = (facts: object): facts is Gathered => 'told' in facts;

/** When unsent news is due, if none of it was sent. */
const next = (now: Date) => ({
  $cond: [{ $lt: [{ $ifNull: ['$sends', 0] }, AT_ONCE] }, now, { $max: [now, { $add: ['$sentAt', PAUSE] }] }],
});

/**
 * Adds what happened to the message that tells an account of a day's: however often its owner, or a thief, does the same,
 * few messages go out, and none is left out. One write of one document; what was added before changes nothing.
 */
export function gather({ kind, about, to, at, facts }: Owed & { kind: GatheredKind }, now: Date) {
  const news = { $ifNull: ['$facts.news', []] };
  const isKnown = { $in: [{ $literal: about }, { $ifNull: ['$facts.news.about', []] }] };
  const unlessKnown = (field: string, value: unknown) => ({ $cond: [isKnown, `$${field}`, value] });
  const ifWaiting = (field: string, otherwise: unknown) => ({
    $cond: [{ $eq: [{ $type: '$dueAt' }, 'missing'] }, otherwise, `$${field}`],
  });
  const entry = { $literal: [{ about, at: at.toISOString(), ...facts }] };
  return {
    filter: { _id: `${kind}/${to}/${at.toISOString().slice(0, 10)}` as unknown as never },
    update: [
      {
        $set: {
          ...{ kind, to: { $literal: to }, owedAt: { $ifNull: ['$owedAt', at] } },
          facts: unlessKnown('facts', {
            news: { $concatArrays: [news, { $cond: [{ $lt: [{ $size: news }, LISTED] }, entry, []] }] },
            count: { $add: [{ $ifNull: ['$facts.count', 0] }, 1] },
            told: { $ifNull: ['$facts.told', 0] },
          }),
          tries: unlessKnown('tries', ifWaiting('tries', 0)),
          triedAt: unlessKnown('triedAt', ifWaiting('triedAt', '$$REMOVE')),
          parkedAt: unlessKnown('parkedAt', '$$REMOVE'),
          dueAt: unlessKnown('dueAt', ifWaiting('dueAt', next(now))),
        },
      },
    ],
    upsert: true,
  };
}

/** A collected message once sent: done, except for what happened in the meantime. */
export function told({ facts }: StoredMessage, now: Date) {
  if (!isGathered(facts)) return undefined;
  return [
    {
      $set: {
        ...{
          sentAt: now,
          sends: { $add: [{ $ifNull: ['$sends', 0] }, 1] },
          'facts.told': { $max: ['$facts.told', facts.count] },
        },
        ...{ tries: 0, triedAt: '$$REMOVE', problem: '$$REMOVE' },
      },
    },
    { $set: { dueAt: { $cond: [{ $gt: ['$facts.count', '$facts.told'] }, next(now), '$$REMOVE'] } } },
  ];
}

/** Makes a collected message report everything again. */
export const untold = ({ facts }: StoredMessage): object => (isGathered(facts) ? { 'facts.told': 0 } : {});

/** Identifies a sending of a message: each needs another id, or mailboxes would hide it. */
export const nameOf = ({ _id, sends, againAt }: StoredMessage) =>
  [_id, sends || undefined, againAt?.getTime()].filter((part) => part !== undefined).join('/');

/** The facts in a message: of a collected one, those not sent yet. */
export function factsOf({ facts, owedAt }: StoredMessage, isOfNews: boolean): object {
  if (!isOfNews) return facts;
  // Messages from before collecting are about a single event.
  if (!isGathered(facts)) return { news: [{ at: owedAt.toISOString(), ...facts }], more: 0 };
  const news = facts.news.slice(facts.told);
  return { news, more: facts.count - facts.told - news.length };
}
