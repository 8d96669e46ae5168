import { Link } from '@/components/link';
import type { LogEntry } from '@/lib/support/log';
import type { Service } from '@/lib/support/services';
import { getTexts } from '@/texts';
import type { Texts } from '@/texts/types';
import { ExactTime } from './exact-time';
import { Refused } from './refused';
import { Who } from './who';

/** The pages for the targets of each service's actions. */
const pages: Record<Service, string> = { users: 'people', tickets: 'listings', orders: 'orders', payments: 'orders' };
const OBJECT_ID = /^[0-9a-f]{24}$/;
/** These act on events and reports, which have no pages. */
const apart = ['redrive', 'close-report'];

const hrefOf = ({ service, action, target }: LogEntry) =>
  OBJECT_ID.test(target) && !apart.includes(action) ? `/support/${pages[service]}/${target}` : undefined;

const wordsOf = ({ service, action }: LogEntry, words: Texts['support']['log']['actions']): string => {
  const known = words as Record<string, string>;
  return known[`${service} ${action}`] ?? known[action] ?? action;
};

/** What the support desk did: when, what, to what, by whom and why. */
export async function Log({ entries, visitor }: { entries: LogEntry[]; visitor: string }) {
  const { support } = await getTexts();
  const { log: t } = support;
  if (entries.length === 0) return <p>{t.empty}</p>;
  const [before, after] = support.story.by.split('{who}');
  return (
    <ol className="story">
      {entries.map((entry) => {
        const href = hrefOf(entry);
        return (
          <li key={`${entry.service} ${entry.number}`}>
            <p className="story-at">
              <ExactTime iso={entry.at} />
            </p>
            <div>
              <p>
                <strong>{wordsOf(entry, t.actions)}</strong>{' '}
                {href ? (
                  <Link href={href} className="desk-link">
                    <code>{entry.target}</code>
                  </Link>
                ) : (
                  <code>{entry.target}</code>
                )}
              </p>
              <blockquote dir="auto" className="claim-text">
                {entry.reason}
              </blockquote>
              {entry.refusal && <Refused code={entry.refusal} />}
              <p className="form-text">
                {support.services[entry.service]} {entry.number} · {before}
                <Who id={entry.by} visitor={visitor} />
                {after} · {support.story.trace} <code>{entry.trace}</code>
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
