import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Credentials } from '@/components/account/credentials';
import { Wanted } from '@/components/account/wanted';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { currentUser } from '@/lib/api/server';
import { safeNext, signUpPath } from '@/lib/account/next-path';
import { getTexts } from '@/texts';

interface Props {
  searchParams: Promise<{ next?: string | string[]; ended?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).credentials.signInTitle };
}

/** Signs in and continues to `?next=`; `?ended` says that the session has ended. */
export default async function SignIn({ searchParams }: Props) {
  const [{ next: wish, ended }, { credentials, factors }] = await Promise.all([searchParams, getTexts()]);
  const next = safeNext(wish);
  if (await currentUser().catch(() => null)) redirect(next);
  return (
    <div className="narrow">
      <h1>{credentials.signInTitle}</h1>
      <Wanted next={next} />
      {ended !== undefined && (
        <p className="alert alert-warning" role="status">
          {credentials.sessionEnded}
        </p>
      )}
      <TextsProvider texts={{ credentials, factors }}>
        <Credentials kind="sign-in" next={next} />
      </TextsProvider>
      <p className="narrow-foot">
        {credentials.newHere}{' '}
        <Link href={signUpPath(next)} replace>
          {credentials.createAccount}
        </Link>
      </p>
    </div>
  );
}
