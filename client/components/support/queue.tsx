import { Link } from '@/components/link';
import { groupsOf, type Group, type Queues, type Waiting } from '@/lib/support/queue';
import { isService } from '@/lib/support/services';
import { formatAge } from '@/lib/support/times';
import { preferences, requestTime } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { countOf, fill } from '@/texts/fill';
import type { Texts } from '@/texts/types';
import { kindOf } from './messages';
import { Panel } from './part';

/** What is waiting for a person, in groups: how many, since when, and what to do about each. */
export async function Queue({ queues }: { queues: Queues }) {
  const { queue: t } = (await getTexts()).support;
  const groups = groupsOf(queues).filter(({ items, missing }) => items.length > 0 || missing.length > 0);
  if (groups.length === 0) return <p>{t.nothing}</p>;
  return groups.map((group) => <QueueGroup key={group.name} group={group} />);
}

async function QueueGroup({ group: { name, items, missing } }: { group: Group }) {
  const [{ locale }, { support: t }] = await Promise.all([preferences(), getTexts()]);
  const oldest = items[0]?.since;
  return (
    <Panel id={name} title={t.queue.groups[name]}>
      {items.length > 0 && (
        <p className="form-text">
          {countOf(t.queue.waiting, items.length, locale)}
          {oldest && ` · ${fill(t.queue.oldest, { age: formatAge(oldest, requestTime(), locale) })}`}
        </p>
      )}
      {missing.map((service) => (
        <p key={service} className="alert alert-warning">
          {fill(t.incomplete, { service: t.services[service] })}
        </p>
      ))}
      <ul className="desk-list">
        {items.map((item) => (
          <QueueItem key={item.key} item={item} />
        ))}
      </ul>
    </Panel>
  );
}

/** What something is about, as a text if it is one of our names. */
function wordsOf({ about, next }: Waiting, t: Texts['support']) {
  if (isService(about)) return t.services[about];
  return next === 'send' ? kindOf(about, t.message.kinds) : about;
}

async function QueueItem({ item }: { item: Waiting }) {
  const { href, since, next, count } = item;
  const [{ locale }, { support: t }] = await Promise.all([preferences(), getTexts()]);
  return (
    <li>
      <div>
        <Link href={href} dir="auto">
          {wordsOf(item, t)}
        </Link>
        <p className="form-text">
          {t.queue.next[next]}
          {count !== undefined && ` · ${countOf(t.queue.parked, count, locale)}`}
        </p>
      </div>
      {since && (
        <time dateTime={since} className="desk-age">
          {formatAge(since, requestTime(), locale)}
        </time>
      )}
    </li>
  );
}
