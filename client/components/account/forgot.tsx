'use client';
import { useState } from 'react';
import { Form, Submit } from '@/components/form';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { useTexts } from '@/components/texts';
import { looksLikeEmail } from '@/lib/account/account';
import { forgotPassword } from '@/lib/api/account';
import { TypedEmail } from './email-field';

/** Requests a link for setting a new password. The response does not reveal whether the address has an account. */
export function Forgot() {
  const t = useTexts('recovery');
  const words = useTexts('credentials');
  const [sentTo, setSentTo] = useState<string>();
  const checks = { email: (typed: string) => (looksLikeEmail(typed) ? undefined : words.emailWrong) };
  const back = <Link href="/auth/signin">{t.toSignIn}</Link>;
  if (sentTo !== undefined)
    return (
      <Message title={t.sentTitle} actions={back}>
        {t.sent} <bdi>{sentTo}</bdi>
      </Message>
    );
  return (
    <>
      <h1>{t.forgotTitle}</h1>
      <p>{t.forgot}</p>
      <Form
        send={async (values) => {
          await forgotPassword(values);
          setSentTo(values.email?.trim());
        }}
        checks={checks}
      >
        <TypedEmail label={words.email} />
        <Submit busy={t.sending} className="btn btn-primary btn-lg w-100">
          {t.send}
        </Submit>
      </Form>
      <p className="narrow-foot">{back}</p>
    </>
  );
}
