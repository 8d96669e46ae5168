'use client';
import { useState } from 'react';
import { useTexts } from '@/components/texts';
import { sendConfirmation } from '@/lib/api/account';

/** Offers to resend the confirmation link, after a refusal because the address is not confirmed. */
export function SendLink() {
  const t = useTexts('form');
  const [state, setState] = useState<'idle' | 'sent' | 'failed'>('idle');
  if (state === 'sent') return <p className="mb-0">{t.linkSent}</p>;
  return (
    <>
      <button
        type="button"
        className="btn btn-outline-primary"
        onClick={() => {
          sendConfirmation().then(
            () => {
              setState('sent');
            },
            () => {
              setState('failed');
            },
          );
        }}
      >
        {t.sendLink}
      </button>
      {state === 'failed' && <p className="mb-0">{t.linkNotSent}</p>}
    </>
  );
}
