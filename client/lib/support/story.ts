import type { StoryEntry } from '@ticketing/common/contract';

type Facts = StoryEntry['facts'];

/** A moment of an order's story: an event in any service, or an action of the support desk. */
export interface Moment extends StoryEntry {
  key: string;
  /** All that is known of the same thing by then: an entry tells only what has changed. */
  known: Facts;
}

/** An order's story, each entry with what the ones before it told of the same thing. */
export function momentsOf(story: StoryEntry[]): Moment[] {
  const told = new Map<string, Facts>();
  return story.map((entry, index) => {
    const { aggregateId, subject, facts } = entry;
    const isAction = subject.startsWith('support:');
    const known = isAction ? facts : { ...told.get(aggregateId), ...facts };
    if (!isAction) told.set(aggregateId, known);
    return { ...entry, key: `${index} ${subject}`, known };
  });
}

/**
 * The sentence for a moment: the one for its subject and the value or the name of something that has changed, such as
 * `order:cancelled expired`, or else the one for its subject; undefined if there is none.
 */
export function sentenceOf(
  { subject, facts }: Pick<StoryEntry, 'subject' | 'facts'>,
  sentences: Record<string, string>,
): string | undefined {
  const told = Object.entries(facts).filter(([, value]) => value !== null);
  const particular = [...told.map(([, value]) => `${subject} ${value}`), ...told.map(([name]) => `${subject} ${name}`)];
  const key = [...particular, subject].find((each) => Object.hasOwn(sentences, each));
  return key === undefined ? undefined : sentences[key];
}
