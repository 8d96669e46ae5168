import type { Metadata } from 'next';
import { AccountForm } from '@/components/account/form';
import { LinkNotice } from '@/components/account/link-notice';
import { NameForm } from '@/components/account/name-form';
import { Pending } from '@/components/account/pending';
import { Sessions } from '@/components/account/sessions';
import { Subscription } from '@/components/account/subscription';
import { TextsProvider } from '@/components/texts';
import { myAccount, mySessions } from '@/lib/api/server';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).account.title };
}

/** The visitor's name, email address and password, and where they are signed in. */
export default async function Account() {
  const [user, { account, credentials }] = await Promise.all([requireUser('/account'), getTexts()]);
  const [own, sessions] = await Promise.all([myAccount(), mySessions()]);
  return (
    <div className="narrow">
      <h1>{account.title}</h1>
      <TextsProvider texts={{ account, credentials }}>
        {own?.isConfirmed === false && <LinkNotice email={own.email} words={account.unconfirmed} />}
        {own?.pendingEmail && <Pending key={own.pendingEmail} email={own.pendingEmail} />}
        {own && (
          <section className="account-part" aria-labelledby="name">
            <h2 id="name">{account.nameTitle}</h2>
            <NameForm name={own.name ?? ''} />
          </section>
        )}
        <section className="account-part" aria-labelledby="sign-in">
          <h2 id="sign-in">{account.signInTitle}</h2>
          <AccountForm key={own?.email} email={own?.email ?? user.email} />
        </section>
        {own && (
          <section className="account-part" aria-labelledby="messages">
            <h2 id="messages">{account.messagesTitle}</h2>
            <Subscription isSubscribed={own.isSubscribed} />
          </section>
        )}
        {sessions && (
          <section aria-labelledby="sessions">
            <h2 id="sessions">{account.sessionsTitle}</h2>
            <Sessions sessions={sessions} />
          </section>
        )}
      </TextsProvider>
    </div>
  );
}
