'use client';
import type { SellerBody, UnsettledBody } from '@ticketing/common/contract';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Dialog, Form, Submit } from '@/components/form';
import { TimedText } from '@/components/local-time';
import { useReader, useTexts } from '@/components/texts';
import { leave, stay } from '@/lib/api/leaving';
import { countOf } from '@/texts/fill';
import { useProof } from './proof';

/** What the deletion of an account waits for, as far as known. */
export interface Waiting {
  unsettled?: UnsettledBody;
  money?: Pick<SellerBody, 'waiting' | 'debt' | 'state'>;
}

/** The way to delete the visitor's account, or the progress of its deletion: each takes the place of the other. */
export function Deletion({ since, waiting }: { since: string | null; waiting: Waiting }) {
  const shown = useRef(since);
  useEffect(() => {
    if (shown.current === since) return;
    shown.current = since;
    // The button that was pressed is gone, and the focus with it.
    document.getElementById('delete')?.focus();
  }, [since]);
  return since ? <AccountLeaving since={since} waiting={waiting} /> : <DeleteAccount />;
}

/** Requests the deletion of the visitor's account, after explaining what that means. */
function DeleteAccount() {
  const t = useTexts('leaving');
  const router = useRouter();
  const proven = useProof();
  const [isAsking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
  };
  const send = () =>
    proven(async () => {
      await leave();
      close();
      router.refresh();
    });
  return (
    <>
      <p>{t.intro}</p>
      <button
        type="button"
        className="btn btn-outline-danger w-100"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t.begin}
      </button>
      <Dialog title={t.question} isOpen={isAsking} onClose={close}>
        <h3>{t.happens}</h3>
        <ul>
          {t.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
        <h3>{t.kept}</h3>
        <p>{t.keeps}</p>
        <Form send={send}>
          <Submit busy={t.confirming} className="btn btn-danger w-100">
            {t.confirm}
          </Submit>
        </Form>
        <button type="button" className="btn btn-link w-100" onClick={close}>
          {t.cancel}
        </button>
      </Dialog>
    </>
  );
}

/** The progress of an account's deletion, and the way to cancel it. */
function AccountLeaving({ since, waiting: { unsettled, money } }: { since: string; waiting: Waiting }) {
  const t = useTexts('leaving');
  const { locale } = useReader();
  const router = useRouter();
  const proven = useProof();
  const counts = (['holds', 'purchases', 'sales'] as const).flatMap((kind) => {
    const count = unsettled?.[kind] ?? 0;
    return count > 0 ? [countOf(t[kind], count, locale)] : [];
  });
  const owed = [
    ...(money && money.waiting > 0 && money.state !== 'ready' ? [t.money] : []),
    ...(money && money.debt > 0 ? [t.debt] : []),
  ];
  const open = [...counts, ...owed];
  return (
    <>
      <p role="status">
        <strong>{t.leaving}.</strong> <TimedText text={t.since} iso={since} />
      </p>
      {open.length > 0 ? (
        <>
          <p>{t.waits}</p>
          <ul>
            {open.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          {unsettled?.until && (
            <p>
              <TimedText text={t.until} iso={unsettled.until} />
            </p>
          )}
        </>
      ) : (
        unsettled && <p>{t.nothing}</p>
      )}
      <Form
        send={() =>
          proven(async () => {
            await stay();
            router.refresh();
          })
        }
      >
        <Submit busy={t.keeping} className="btn btn-primary w-100">
          {t.keep}
        </Submit>
      </Form>
    </>
  );
}
