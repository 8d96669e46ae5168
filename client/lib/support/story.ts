import { onceEach, type AuditBody, type StoryEntry } from '@ticketing/common/contract';
import type { Part } from './part';
import type { Service } from './services';

type Facts = StoryEntry['facts'];

/** The support desk's actions elsewhere that belong in an order's story, with the text key of each. */
const elsewhere: Partial<Record<Service, Record<string, string>>> = {
  tickets: { withdraw: 'support:withdraw' },
  payments: { freeze: 'support:freeze-payout', unfreeze: 'support:unfreeze-payout' },
  users: { freeze: 'support:freeze', unfreeze: 'support:unfreeze' },
};

/** A story with the support desk's actions on the order's listing, payout and seller, newest first in each service. */
export function withActions(story: StoryEntry[], actions: Partial<Record<Service, Part<AuditBody[]>>>): StoryEntry[] {
  const told = Object.entries(actions).flatMap(([service, entries]) =>
    onceEach(entries ?? []).flatMap(({ at, action, number, target, trace, by, reason, refusal }): StoryEntry[] => {
      const subject = elsewhere[service as Service]?.[action];
      const facts = { reason, ...(refusal !== null && { refusal }) };
      return subject ? [{ at, subject, aggregateId: target, version: number, trace, by, facts }] : [];
    }),
  );
  return [...story, ...told.reverse()].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** A moment of an order's story: an event in any service, or an action of the support desk. */
export interface Moment extends StoryEntry {
  key: string;
  /** Everything known about the same thing by then: an entry has only what changed. */
  known: Facts;
}

/** An order's story, each entry with what earlier ones said about the same thing. */
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
