'use client';
import { useState } from 'react';
import { Form, Submit } from '@/components/form';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { useTexts } from '@/components/texts';
import { unsubscribe } from '@/lib/api/browser';

/** Stops the messages that nobody is owed, at the press of a button: programs open the links in a mailbox, too. */
export function Unsubscribe({ token }: { token: string }) {
  const t = useTexts('unsubscribing');
  const [isDone, setDone] = useState(false);
  const actions = (
    <Link className="btn btn-outline-primary" href="/account">
      {t.goOn}
    </Link>
  );
  if (isDone)
    return (
      <Message title={t.doneTitle} actions={actions}>
        {t.done}
      </Message>
    );
  return (
    <>
      <h1>{t.title}</h1>
      <p>{t.question}</p>
      <Form
        send={async () => {
          await unsubscribe(token);
          setDone(true);
        }}
      >
        <Submit busy={t.busy} className="btn btn-primary btn-lg w-100">
          {t.press}
        </Submit>
      </Form>
    </>
  );
}
