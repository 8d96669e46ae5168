import type { StoryEntry, SupportOrderBody } from '@ticketing/common/contract';
import type { Part } from '@/lib/support/part';
import { momentsOf, sentenceOf, type Moment } from '@/lib/support/story';
import { formatExact } from '@/lib/support/times';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';
import { ExactTime } from '../exact-time';
import { Who } from '../who';

interface StoryProps {
  story: StoryEntry[];
  order: Part<SupportOrderBody>;
  visitor: string;
}

/** Everything that happened to an order, oldest first: when, what, by whom, and the trace that follows it. */
export async function Story({ story, order, visitor }: StoryProps) {
  const { story: t } = (await getTexts()).support;
  const moments = momentsOf(story, order);
  if (moments.length === 0) return <p className="form-text">{t.empty}</p>;
  const [before, after] = t.by.split('{who}');
  return (
    <ol className="story">
      {moments.map((moment) => (
        <li key={moment.key}>
          <p className="story-at">
            <ExactTime iso={moment.at} />
          </p>
          <div>
            <p>
              <Sentence moment={moment} />
            </p>
            {moment.why && (
              <blockquote dir="auto" className="claim-text">
                {moment.why}
              </blockquote>
            )}
            <p className="form-text">
              {before}
              <Who id={moment.by} order={order} visitor={visitor} />
              {after}
              {moment.trace && (
                <>
                  {' · '}
                  {t.trace} <code>{moment.trace}</code>
                </>
              )}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

const ISO = /^\d{4}-\d\d-\d\dT/;

async function Sentence({ moment }: { moment: Moment }) {
  const [{ locale, timeZone = 'UTC' }, { support }] = await Promise.all([preferences(), getTexts()]);
  const { story: t } = support;
  const sentence = sentenceOf(moment, t.sentences);
  if (sentence === undefined) return fill(t.unknown, { what: moment.what });
  const facts = Object.entries(moment.facts).map(([name, value]) => [
    name,
    typeof value === 'string' && ISO.test(value) ? formatExact(value, locale, timeZone) : String(value ?? '–'),
  ]);
  return fill(sentence, Object.fromEntries(facts) as Record<string, string>);
}
