import type { SellerBody } from '@ticketing/common/contract';
import type { Metadata } from 'next';
import { Deletion } from '@/components/account/delete-account';
import { AccountForm } from '@/components/account/form';
import { LinkNotice } from '@/components/account/link-notice';
import { MyData } from '@/components/account/my-data';
import { NameForm } from '@/components/account/name-form';
import { Passkeys } from '@/components/account/passkeys';
import { Pending } from '@/components/account/pending';
import { ProofProvider } from '@/components/account/proof';
import { Sessions } from '@/components/account/sessions';
import { Subscription } from '@/components/account/subscription';
import { TwoStep } from '@/components/account/two-step';
import { TextsProvider } from '@/components/texts';
import { myAccount, myFactors, mySessions, myUnsettled, one } from '@/lib/api/server';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).account.title };
}

/** The visitor's name, email address and password, how else they sign in, and where they are signed in. */
export default async function Account() {
  const [user, { account, credentials, factors: words, leaving }] = await Promise.all([
    requireUser('/account'),
    getTexts(),
  ]);
  const [own, factors, sessions] = await Promise.all([myAccount(), myFactors(), mySessions()]);
  const waiting = own?.leavingAt ? await whatIsOpen() : {};
  const here = sessions?.find(({ isCurrent }) => isCurrent);
  return (
    <div className="narrow">
      <h1>{account.title}</h1>
      <TextsProvider texts={{ account, credentials, factors: words, leaving }}>
        {own?.isConfirmed === false && <LinkNotice email={own.email} words={account.unconfirmed} />}
        {own?.pendingEmail && <Pending key={own.pendingEmail} email={own.pendingEmail} />}
        {own && (
          <section className="account-part" aria-labelledby="name">
            <h2 id="name">{account.nameTitle}</h2>
            <NameForm name={own.name ?? ''} />
          </section>
        )}
        <ProofProvider isTwoStep={factors?.isTwoStep ?? false} hasPasskey={Boolean(factors?.passkeys.length)}>
          <section className="account-part" aria-labelledby="sign-in">
            <h2 id="sign-in">{account.signInTitle}</h2>
            <AccountForm key={own?.email} email={own?.email ?? user.email} />
          </section>
          {factors && (
            <>
              <section className="account-part" aria-labelledby="passkeys">
                <h2 id="passkeys">{words.passkeysTitle}</h2>
                <Passkeys passkeys={factors.passkeys} suggested={here?.browser ?? account.thisDevice} />
              </section>
              <section className="account-part" aria-labelledby="two-step">
                <h2 id="two-step">{words.twoStepTitle}</h2>
                {own?.role && !user.role && <p className="alert alert-info">{words.deskNeedsIt}</p>}
                <TwoStep {...factors} />
              </section>
            </>
          )}
          {own && (
            <section className="account-part" aria-labelledby="messages">
              <h2 id="messages">{account.messagesTitle}</h2>
              <Subscription isSubscribed={own.isSubscribed} />
            </section>
          )}
          {sessions && (
            <section className="account-part" aria-labelledby="sessions">
              <h2 id="sessions">{account.sessionsTitle}</h2>
              <Sessions sessions={sessions} />
            </section>
          )}
          {own && (
            <section className="account-part" aria-labelledby="data">
              <h2 id="data">{leaving.dataTitle}</h2>
              <MyData />
            </section>
          )}
          {own && (
            <section className="account-part" aria-labelledby="delete">
              <h2 id="delete" tabIndex={-1}>
                {leaving.title}
              </h2>
              <Deletion since={own.leavingAt} waiting={waiting} />
            </section>
          )}
        </ProofProvider>
      </TextsProvider>
    </div>
  );
}

/** What the deletion of the visitor's account waits for. */
async function whatIsOpen() {
  const money = one<SellerBody>('/api/payments/seller').catch(() => undefined);
  const [unsettled, seller] = await Promise.all([myUnsettled(), money]);
  return { unsettled, money: seller };
}
