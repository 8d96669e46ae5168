import type { ClaimBody } from '@ticketing/common/contract';
import { TimedText } from '@/components/local-time';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';

/** A problem that a buyer reported: what they wrote, what the seller answered, and what happens next. */
export async function ClaimProgress({ claim }: { claim: ClaimBody }) {
  const { claimed: t, claiming } = await getTexts();
  const { reason, text, status, openedAt, answerBy, answer } = claim;
  return (
    <div className="claimed">
      <h2>{t.titles[status]}</h2>
      <p>{status === 'open' ? <TimedText text={t.open} iso={answerBy} /> : t.next[status]}</p>
      <figure>
        <figcaption>
          <TimedText text={fill(t.yours, { reason: claiming.reasons[reason] })} iso={openedAt} />
        </figcaption>
        <blockquote dir="auto">{text}</blockquote>
      </figure>
      {answer && (
        <figure>
          <figcaption>{t.theirs}</figcaption>
          <blockquote dir="auto">{answer}</blockquote>
        </figure>
      )}
    </div>
  );
}
