'use client';
import { useState } from 'react';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { sendConfirmation } from '@/lib/api/browser';

/** Says that an address is not confirmed yet, and has the link sent again. */
export function Unconfirmed({ email }: { email: string }) {
  const t = useTexts('account');
  const [isSent, setSent] = useState(false);
  return (
    <div className="alert alert-info" role="status">
      <p>
        {isSent ? t.linkSent : t.unconfirmed} <bdi>{email}</bdi>
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
    </div>
  );
}
