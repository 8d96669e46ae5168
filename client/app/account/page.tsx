import type { Metadata } from 'next';
import { AccountForm } from '@/components/account/form';
import { TextsProvider } from '@/components/texts';
import { requireUser } from '@/lib/visitor';
import { getTexts } from '@/texts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).account.title };
}

/** The visitor's email address and password. */
export default async function Account() {
  const [user, { account, credentials }] = await Promise.all([requireUser('/account'), getTexts()]);
  return (
    <div className="narrow">
      <h1>{account.title}</h1>
      <TextsProvider texts={{ account, credentials }}>
        <AccountForm email={user.email} />
      </TextsProvider>
    </div>
  );
}
