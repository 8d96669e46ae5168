'use client';
import { useState, type ReactNode } from 'react';
import { Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { sendConfirmation } from '@/lib/api/account';

interface LinkNoticeProps {
  /** Where the link was sent. */
  email: string;
  /** What following it does. */
  words: string;
  children?: ReactNode;
}

/** Says that an address is waiting for its link to be followed, and can resend the link. */
export function LinkNotice({ email, words, children }: LinkNoticeProps) {
  const t = useTexts('account');
  const [isSent, setSent] = useState(false);
  return (
    <div className="alert alert-info" role="status">
      <p>
        {isSent ? t.linkSent : words} <bdi>{email}</bdi>
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
      {children}
    </div>
  );
}
