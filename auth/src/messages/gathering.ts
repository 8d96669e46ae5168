import type { Change, GatheredKind, Owed } from '../domain/facts';
import type { StoredMessage } from '../store';

const HOUR = 3_600_000;
/** This many messages of a kind go out at once each day; each later one waits this long after the previous one. */
const [AT_ONCE, PAUSE] = [3, 4 * HOUR];
/** These can cost someone their account: nothing else that happens that day delays them. */
const PRESSING: readonly Change[] = ['password', 'two-step-off', 'leaving'];
/** This many of their messages go out at once: a limit on what someone can send to a stranger's address. */
const PRESSING_AT_ONCE = 20;
/** This much of a day is listed in detail; the rest is only counted. */
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

const isPressing = (facts: object) => 'what' in facts && PRESSING.includes(facts.what as Change);

/** When unreported news is due, if none of it was reported yet. */
const next = (now: Date, pressing: boolean) => {
  const atOnce = { $lt: [{ $ifNull: ['$sends', 0] }, pressing ? PRESSING_AT_ONCE : AT_ONCE] };
  return { $cond: [atOnce, now, { $max: [now, { $add: ['$sentAt', PAUSE] }] }] };
};

/**
 * Adds what happened to the account's message for the day: however often its owner, or a thief, does the same,
 * few messages go out, and nothing is left out. One write to one document; duplicates change nothing. What is
 * urgent gets its own message. News raises the version, so a send in progress does not mark it as done.
 */
export function gather({ kind, about, to, at, facts }: Owed & { kind: GatheredKind }, now: Date) {
  const news = { $ifNull: ['$facts.news', []] };
  const isKnown = { $in: [{ $literal: about }, { $ifNull: ['$facts.news.about', []] }] };
  const unlessKnown = (field: string, value: unknown) => ({ $cond: [isKnown, `$${field}`, value] });
  const ifWaiting = (field: string, otherwise: unknown) => ({
    $cond: [{ $eq: [{ $type: '$dueAt' }, 'missing'] }, otherwise, `$${field}`],
  });
  const entry = { $literal: [{ about, at: at.toISOString(), ...facts }] };
  const pressing = isPressing(facts);
  const id = [kind, to, at.toISOString().slice(0, 10), ...(pressing ? ['pressing'] : [])].join('/');
  return {
    filter: { _id: id as unknown as never },
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
          dueAt: unlessKnown('dueAt', ifWaiting('dueAt', next(now, pressing))),
          version: unlessKnown('version', { $add: [{ $ifNull: ['$version', 0] }, 1] }),
        },
      },
    ],
    upsert: true,
  };
}

/**
 * The state of a collected message after it was sent: done, except for what happened meanwhile. If the support desk had
 * it resent meanwhile, everything is reported once more.
 */
export function told({ facts, againAt }: StoredMessage, now: Date) {
  if (!isGathered(facts)) return undefined;
  const isAskedAnew = { $ne: [{ $ifNull: ['$againAt', null] }, againAt ?? null] };
  const due = {
    $cond: [{ $gt: ['$facts.count', '$facts.told'] }, next(now, isPressing(facts.news[0] ?? {})), '$$REMOVE'],
  };
  return [
    {
      $set: {
        ...{ sentAt: now, sends: { $add: [{ $ifNull: ['$sends', 0] }, 1] } },
        'facts.told': { $cond: [isAskedAnew, '$facts.told', { $max: ['$facts.told', facts.count] }] },
        ...{ tries: 0, triedAt: '$$REMOVE', problem: '$$REMOVE' },
      },
    },
    { $set: { dueAt: { $cond: [isAskedAnew, '$dueAt', due] } } },
  ];
}

/** Makes a collected message report everything again. */
export const untold = ({ facts }: StoredMessage): object => (isGathered(facts) ? { 'facts.told': 0 } : {});

/** Identifies an attempt at a message: one with more to report gets a new id, or mailboxes would hide it. */
export const nameOf = ({ _id, facts, againAt }: StoredMessage) =>
  [_id, isGathered(facts) ? facts.count : undefined, againAt?.getTime()].filter((part) => part !== undefined).join('/');

/** The facts in a message: for a collected one, those not sent yet. */
export function factsOf({ facts, owedAt }: StoredMessage, isOfNews: boolean): object {
  if (!isOfNews) return facts;
  // Messages from before collecting are about a single event.
  if (!isGathered(facts)) return { news: [{ at: owedAt.toISOString(), ...facts }], more: 0 };
  const news = facts.news.slice(facts.told);
  return { news, more: facts.count - facts.told - news.length };
}
