'use client';
import { useEffect, useRef, useState } from 'react';
import { Field, Form, Submit } from '@/components/form';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { useTexts } from '@/components/texts';
import { looksLikeEmail } from '@/lib/account/account';
import { takeEmail } from '@/lib/account/typed-email';
import { forgotPassword } from '@/lib/api/browser';

/** Asks for a link that sets a new password. What it answers does not tell whether the address has an account. */
export function Forgot() {
  const t = useTexts('recovery');
  const words = useTexts('credentials');
  const frame = useRef<HTMLDivElement>(null);
  const [sentTo, setSentTo] = useState<string>();
  useEffect(() => {
    const input = frame.current?.querySelector<HTMLInputElement>('[name=email]');
    const email = takeEmail();
    if (input && email) input.value = email;
  }, []);
  const checks = { email: (email: string) => (looksLikeEmail(email) ? undefined : words.emailWrong) };
  const back = <Link href="/auth/signin">{t.toSignIn}</Link>;
  if (sentTo !== undefined)
    return (
      <Message title={t.sentTitle} actions={back}>
        {t.sent} <bdi>{sentTo}</bdi>
      </Message>
    );
  return (
    <div ref={frame}>
      <h1>{t.forgotTitle}</h1>
      <p>{t.forgot}</p>
      <Form
        send={async (values) => {
          await forgotPassword(values);
          setSentTo(values.email?.trim());
        }}
        checks={checks}
      >
        <Field
          name="email"
          label={words.email}
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Submit busy={t.sending} className="btn btn-primary btn-lg w-100">
          {t.send}
        </Submit>
      </Form>
      <p className="narrow-foot">{back}</p>
    </div>
  );
}
