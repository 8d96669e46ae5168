import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Credentials } from '@/components/account/credentials';
import { Wanted } from '@/components/account/wanted';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { currentUser } from '@/lib/api/server';
import { safeNext, signInPath } from '@/lib/account/next-path';
import { getTexts } from '@/texts';

interface Props {
  searchParams: Promise<{ next?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTexts()).credentials.signUpTitle };
}

/** Creates an account and continues to `?next=`. */
export default async function SignUp({ searchParams }: Props) {
  const [{ next: wish }, { credentials }] = await Promise.all([searchParams, getTexts()]);
  const next = safeNext(wish);
  if (await currentUser().catch(() => null)) redirect(next);
  return (
    <div className="narrow">
      <h1>{credentials.signUpTitle}</h1>
      <Wanted next={next} />
      <TextsProvider texts={{ credentials }}>
        <Credentials kind="sign-up" next={next} />
      </TextsProvider>
      <p className="narrow-foot">
        {credentials.beenHere}{' '}
        <Link href={signInPath(next)} replace>
          {credentials.haveAccount}
        </Link>
      </p>
    </div>
  );
}
