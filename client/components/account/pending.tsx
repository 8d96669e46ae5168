'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { forgetPendingEmail, sendConfirmation } from '@/lib/api/browser';

/** Says which address an account is to have, has the link there sent again, or keeps the present one. */
export function Pending({ email }: { email: string }) {
  const t = useTexts('account');
  const router = useRouter();
  const [isSent, setSent] = useState(false);
  return (
    <div className="alert alert-info" role="status">
      <p>
        {isSent ? t.linkSent : t.pending} <bdi>{email}</bdi>
      </p>
      {!isSent && (
        <Form
          send={async () => {
            await sendConfirmation();
            setSent(true);
          }}
        >
          <Submit busy={t.sendingLink} className="btn btn-outline-primary">
            {t.sendLink}
          </Submit>
        </Form>
      )}
      <Form
        send={async () => {
          await forgetPendingEmail();
          router.refresh();
        }}
      >
        <Submit busy={t.saving} className="btn btn-link">
          {t.keepEmail}
        </Submit>
      </Form>
    </div>
  );
}
