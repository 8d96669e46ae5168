'use client';
import { Form, Submit } from '@/components/form';
import { Link } from '@/components/link';
import { Message } from '@/components/message';
import { useTexts } from '@/components/texts';
import { followLink, unsubscribe } from '@/lib/api/account';
import { useFollowed } from './use-followed';
import { useLinkToken } from './use-link-token';

/** What each kind of link does; resolves with the account's address afterwards, if the API returns it. */
const follow = {
  confirm: (token: string) => followLink('confirm', token),
  undo: (token: string) => followLink('undo', token),
  unsubscribing: (token: string) => unsubscribe(token).then(() => undefined),
};

interface FollowLinkProps {
  kind: keyof typeof follow;
  /** See `useLinkToken`. */
  asked: string;
  /** Where to continue afterwards. */
  next: string;
  /** Where to go if the link is invalid. */
  otherwise: string;
}

/**
 * Does what a link in a message is for, such as confirming an address, at the press of a button: programs that scan the
 * links in a mailbox must not use them up.
 */
export function FollowLink({ kind, asked, next, otherwise }: FollowLinkProps) {
  const t = useTexts(kind);
  const token = useLinkToken(asked);
  const [done, setDone] = useFollowed(token);
  const actions = (
    <Link className="btn btn-primary" href={next}>
      {t.goOn}
    </Link>
  );
  if (done)
    return (
      <Message title={t.doneTitle} actions={actions}>
        {t.done} {done.email && <bdi>{done.email}</bdi>}
      </Message>
    );
  return (
    <>
      <h1>{t.title}</h1>
      <p>{t.question}</p>
      <Form
        send={async () => {
          setDone({ email: await follow[kind](token) });
        }}
      >
        <Submit busy={t.busy} className="btn btn-primary btn-lg w-100">
          {t.press}
        </Submit>
      </Form>
      <p className="narrow-foot">
        <Link href={otherwise}>{t.otherwise}</Link>
      </p>
    </>
  );
}
