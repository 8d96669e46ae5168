'use client';
import { useState } from 'react';
import { Form, Submit } from '@/components/form';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { useTexts } from '@/components/texts';
import { confirmAddress } from '@/lib/api/browser';

/**
 * Confirms an address at the press of a button: programs that open the links in a mailbox, to see whether they are
 * safe, must not use them up.
 */
export function Confirm({ token }: { token: string }) {
  const t = useTexts('confirm');
  const [email, setEmail] = useState<string>();
  const actions = (
    <Link className="btn btn-primary" href="/account">
      {t.toAccount}
    </Link>
  );
  if (email !== undefined)
    return (
      <Message title={t.doneTitle} actions={actions}>
        {t.done} <bdi>{email}</bdi>
      </Message>
    );
  return (
    <>
      <h1>{t.title}</h1>
      <p>{t.question}</p>
      <Form
        send={async () => {
          setEmail(await confirmAddress(token));
        }}
      >
        <Submit busy={t.confirming} className="btn btn-primary btn-lg w-100">
          {t.confirm}
        </Submit>
      </Form>
    </>
  );
}
