import type { SupportOrderBody } from '@ticketing/common/contract';
import { TimedText } from '@/components/local-time';
import { getTexts } from '@/texts';
import { ExactTime } from '../exact-time';
import { Panel } from '../part';
import { Who } from '../who';

/** What a person decided about an order, and why. */
async function Decisions({ order, visitor }: { order: SupportOrderBody; visitor: string }) {
  const { order: t, story } = (await getTexts()).support;
  const [before, after] = story.by.split('{who}');
  if (order.decisions.length === 0) return null;
  return (
    <>
      <h3>{t.decisions}</h3>
      {order.decisions.map(({ decision, why, by, at }) => (
        <div key={at}>
          <p className="mb-0">
            {t.decided[decision]}, <ExactTime iso={at} />, {before}
            <Who id={by} order={order} visitor={visitor} />
            {after}
          </p>
          <blockquote dir="auto" className="claim-text">
            {why}
          </blockquote>
        </div>
      ))}
    </>
  );
}

/** The buyer's complaint, the seller's answer, and the decision. */
export async function Claim({ order, visitor }: { order: SupportOrderBody; visitor: string }) {
  const { order: t } = (await getTexts()).support;
  const { claim } = order;
  const said = claim
    ? ([
        [t.buyerSays, claim.text, claim.openedAt],
        ...(claim.answeredAt ? ([[t.sellerSays, claim.answer, claim.answeredAt]] as const) : []),
      ] as const)
    : [];
  return (
    <Panel id="claim" title={t.claim}>
      {claim ? (
        <p>
          <strong>{t.claimReasons[claim.reason]}</strong> · {t.claimStatuses[claim.status]}
        </p>
      ) : (
        <p className="form-text">{t.noClaim}</p>
      )}
      {said.map(([words, text, at]) => (
        <div key={words}>
          <p className="mb-0">
            <TimedText text={words} iso={at} />
          </p>
          {text ? (
            <blockquote dir="auto" className="claim-text">
              {text}
            </blockquote>
          ) : (
            <p className="form-text">{t.noText}</p>
          )}
        </div>
      ))}
      {claim?.status === 'open' && (
        <p>
          <TimedText text={t.answerBy} iso={claim.answerBy} />
        </p>
      )}
      <Decisions order={order} visitor={visitor} />
    </Panel>
  );
}
