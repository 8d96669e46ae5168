import type { StoryEntry, SupportOrderBody } from '@ticketing/common/contract';
import { formatPrice } from '@/lib/format';
import type { Part } from '@/lib/support/part';
import { momentsOf, sentenceOf, type Moment } from '@/lib/support/story';
import { formatExact } from '@/lib/support/times';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';
import { ExactTime } from '../exact-time';
import { kindOf } from '../messages';
import { Refused } from '../refused';
import { Who } from '../who';

interface StoryProps {
  story: StoryEntry[];
  order: Part<SupportOrderBody>;
  visitor: string;
}

/** Everything that happened to an order, oldest first: when, what, by whom, and the trace that follows it. */
export async function Story({ story, order, visitor }: StoryProps) {
  const { story: t } = (await getTexts()).support;
  const [before, after] = t.by.split('{who}');
  return (
    <ol className="story">
      {momentsOf(story).map((moment) => {
        const { key, at, subject, facts, by, trace } = moment;
        return (
          <li key={key}>
            <p className="story-at">
              <ExactTime iso={at} />
            </p>
            <div>
              <p>
                <Sentence moment={moment} order={order} />
              </p>
              {subject.startsWith('support:') && typeof facts.reason === 'string' && (
                <blockquote dir="auto" className="claim-text">
                  {facts.reason}
                </blockquote>
              )}
              {typeof facts.refusal === 'string' && <Refused code={facts.refusal} />}
              <p className="form-text">
                {before}
                <Who id={by ?? (typeof facts.name === 'string' ? facts.name : null)} order={order} visitor={visitor} />
                {after}
                {trace && (
                  <>
                    {' · '}
                    {t.trace} <code>{trace}</code>
                  </>
                )}
                {facts.restated === true && ` · ${t.restated}`}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

const ISO = /^\d{4}-\d\d-\d\dT/;
const AMOUNTS = ['price', 'amount', 'settled'];

async function Sentence({ moment: { subject, facts, known }, order }: { moment: Moment } & Pick<StoryProps, 'order'>) {
  const [{ locale, timeZone = 'UTC' }, { support }] = await Promise.all([preferences(), getTexts()]);
  const { story: t, message } = support;
  const sides = order ? { [order.userId]: t.buyer, [order.sellerId]: t.seller } : {};
  const written = ([name, value]: [string, StoryEntry['facts'][string]]): [string, string] => {
    if (typeof value === 'number') return [name, AMOUNTS.includes(name) ? formatPrice(value, locale) : `${value}`];
    if (typeof value === 'string' && ISO.test(value)) return [name, formatExact(value, locale, timeZone)];
    if (name === 'kind') return [name, kindOf(String(value), message.kinds)];
    return [name, name === 'to' ? (sides[String(value)] ?? String(value)) : String(value ?? '–')];
  };
  const sentence = sentenceOf({ subject, facts }, t.sentences) ?? t.unknown;
  return fill(sentence, { what: subject, ...Object.fromEntries(Object.entries(known).map(written)) });
}
