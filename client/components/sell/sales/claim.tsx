'use client';
import type { ClaimBody } from '@ticketing/common/contract';
import { claimText } from '@ticketing/common/contract/limits';
import { useRouter } from 'next/navigation';
import { ForgetDraft, Form, Submit, TextArea } from '@/components/form';
import { useTexts } from '@/components/texts';
import { answerClaim } from '@/lib/api/deliveries';
import { saleId } from './sale-id';

/** The name of the draft of an answer. */
const draftOf = (orderId: string) => `answer ${orderId}`;

/** Where there is nothing left to answer: forgets what was begun. */
export function AnswerOver({ orderId }: { orderId: string }) {
  return <ForgetDraft name={draftOf(orderId)} />;
}

/** The buyer's complaint, and the seller's answer or a form for it. */
export function Claim({ orderId, claim }: { orderId: string; claim: ClaimBody }) {
  const { claim: t } = useTexts('sales');
  const router = useRouter();
  const { reason, status, text, answer } = claim;
  return (
    <div className="sale-claim">
      <h2>
        {t.title}: {t.reasons[reason]}
      </h2>
      {text && (
        <blockquote dir="auto" className="claim-text">
          {text}
        </blockquote>
      )}
      {answer && (
        <>
          <p>{t.answered}:</p>
          <blockquote dir="auto" className="claim-text">
            {answer}
          </blockquote>
        </>
      )}
      {status === 'pay' && <p>{t.pay}</p>}
      {status === 'open' ? (
        <Form
          send={async ({ text = '' }) => {
            await answerClaim(orderId, text);
            document.getElementById(saleId(orderId))?.focus();
            router.refresh();
          }}
          checks={{ text: (typed) => (typed.trim() ? undefined : t.answerMissing) }}
          draft={draftOf(orderId)}
        >
          <TextArea name="text" label={t.answer} hint={t.answerHint} maxLength={claimText.max} />
          <Submit busy={t.sending}>{t.send}</Submit>
        </Form>
      ) : (
        <AnswerOver orderId={orderId} />
      )}
    </div>
  );
}
