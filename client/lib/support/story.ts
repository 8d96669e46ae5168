import type { StoryEntry, SupportOrderBody } from '@ticketing/common/contract';

/** A moment of an order's story: an event, or what a person decided. */
export interface Moment {
  key: string;
  at: string;
  /** What happened: an event's subject, or `decision` and what was decided. */
  what: string;
  facts: StoryEntry['facts'];
  by: string | null;
  trace?: string;
  /** The reason that a person gave. */
  why?: string;
}

const told = ({ at, subject, aggregateId, version, facts, by, trace }: StoryEntry): Moment => ({
  key: `${subject} ${aggregateId} ${version}`,
  ...{ at, what: subject, facts, by, trace },
  ...(subject.startsWith('support:') && typeof facts.reason === 'string' && { why: facts.reason }),
});

const decided = ({ decision, why, by, at }: SupportOrderBody['decisions'][number]): Moment => ({
  key: `decision ${at}`,
  ...{ at, what: `decision ${decision}`, facts: {}, by, why },
});

/** Whether a decision was made at the desk: its story tells of it as an action. Otherwise an operator made it. */
const isTold = ({ by }: SupportOrderBody['decisions'][number]) => /^[0-9a-f]{24}$/.test(by);

/** Everything that happened to an order, in order. What happened at the same time keeps its order. */
export function momentsOf(
  story: StoryEntry[],
  order: Pick<SupportOrderBody, 'decisions'> | null | undefined,
): Moment[] {
  const byOperators = order?.decisions.filter((decision) => !isTold(decision)) ?? [];
  return [...byOperators.map(decided), ...story.map(told)].sort((a, b) => a.at.localeCompare(b.at));
}

/**
 * The sentence for a moment: the one for what happened and the value or the name of one of its facts, such as
 * `order:cancelled expired`, or else the one for what happened; undefined if there is none.
 */
export function sentenceOf({ what, facts }: Pick<Moment, 'what' | 'facts'>, sentences: Record<string, string>) {
  const known = Object.entries(facts).filter(([, value]) => value !== null);
  const particular = [...known.map(([, value]) => `${what} ${value}`), ...known.map(([name]) => `${what} ${name}`)];
  const key = [...particular, what].find((name) => Object.hasOwn(sentences, name));
  return key === undefined ? undefined : sentences[key];
}
