'use client';
import { useState } from 'react';
import { Form, Submit } from '@/components/form';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { useTexts } from '@/components/texts';
import { followLink } from '@/lib/api/browser';

interface FollowLinkProps {
  kind: 'confirm' | 'undo';
  token: string;
  /** Where to go on afterwards. */
  next: string;
}

/**
 * Confirms an address, or undoes that it was changed, at the press of a button: programs that open the links in a
 * mailbox, to see whether they are safe, must not use them up.
 */
export function FollowLink({ kind, token, next }: FollowLinkProps) {
  const t = useTexts(kind);
  const [email, setEmail] = useState<string>();
  const actions = (
    <Link className="btn btn-primary" href={next}>
      {t.goOn}
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
          setEmail(await followLink(kind, token));
        }}
      >
        <Submit busy={t.busy} className="btn btn-primary btn-lg w-100">
          {t.press}
        </Submit>
      </Form>
    </>
  );
}
