import { OBJECT_ID, onceEach, readAudit, Refusal, toMajor, type AuditBody, type StoryEntry } from '@ticketing/common';
import type { Ruling } from './domain/claim';
import { changesOf, inOrder, storiesOf, type Entry, type Facts } from './domain/journal';
import { findEntries } from './journalStore';
import { readOrder } from './store';

/** The most events of a story, and the most entries of the audit log. */
const [MOST_EVENTS, MOST_ACTIONS] = [500, 1_000];
const AMOUNTS = new Set(['price', 'amount', 'settled']);

/**
 * What happened to an order, in any service, and what the support desk did about it: oldest first. A longer story than
 * that is cut to its newest part.
 */
export async function readStory(id: string): Promise<StoryEntry[]> {
  const order = await readOrder(id);
  if (!order) throw new Refusal('order-not-found');
  const [entries, actions] = await Promise.all([
    findEntries(storiesOf(id, order), MOST_EVENTS).toArray(),
    readAudit(MOST_ACTIONS, { target: id }),
  ]);
  const byCommand = (order.history ?? []).filter(({ by }) => !OBJECT_ID.test(by));
  const told = [
    ...eventsOf(entries),
    ...onceEach(actions)
      .reverse()
      .map((action) => actionOf(id, action)),
    ...byCommand.map((ruling, index) => rulingOf(id, ruling, index)),
  ];
  return told.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** Each event with what it changed. */
function eventsOf(entries: Entry[]): StoryEntry[] {
  const known = new Map<string, Facts>();
  return inOrder(entries).map(({ subject, aggregateId, version, at, trace, by, facts, isRestated }) => {
    const changes = changesOf(facts, known.get(aggregateId));
    known.set(aggregateId, facts);
    return {
      ...{ at: at.toISOString(), subject, aggregateId, version, trace, by: by ?? null },
      facts: {
        ...Object.fromEntries(Object.entries(changes).map(([name, fact]) => [name, inMajor(name, fact)])),
        ...(isRestated && { restated: true }),
      },
    };
  });
}

const inMajor = <T>(name: string, fact: T) => (AMOUNTS.has(name) && typeof fact === 'number' ? toMajor(fact) : fact);

const actionOf = (id: string, { at, action, number, trace, by, reason, refusal }: AuditBody): StoryEntry => ({
  ...{ at, subject: `support:${action}`, aggregateId: id, version: number, trace, by },
  facts: { reason, ...(refusal !== null && { refusal }) },
});

/** A decision by an operator's command, who has no account. */
const rulingOf = (id: string, { at, decision, why, by }: Ruling, index: number): StoryEntry => ({
  ...{ at: at.toISOString(), subject: 'support:decide', aggregateId: id, version: index, trace: '', by: null },
  facts: { decision, reason: why, name: by },
});

/** Prints an order's story, as a command: `npm run story -- ORDER`. */
export async function printStory(args: string[]): Promise<{ entries: number }> {
  const [id = '', ...more] = args;
  if (!OBJECT_ID.test(id) || more.length > 0) throw new Error('Usage: story ORDER');
  const story = await readStory(id.toLowerCase());
  process.stdout.write(
    toLines(story)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return { entries: story.length };
}

/** A story as aligned columns: when, what, whose, by whom and by which request, and what changed. */
export function toLines(story: StoryEntry[]): string[] {
  const rows = story.map(({ at, subject, aggregateId, version, by, trace, facts }) => [
    at,
    subject,
    `${aggregateId}@${version}`,
    by ?? '-',
    trace || '-',
    Object.entries(facts)
      .map(([name, fact]) => `${name}=${typeof fact === 'string' && /[\s=]/.test(fact) ? JSON.stringify(fact) : fact}`)
      .join(' '),
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
