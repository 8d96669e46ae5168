import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Credentials } from '@/components/credentials';
import { Link } from '@/components/link';
import { currentUser } from '@/lib/api';
import { safeNext, signInPath } from '@/lib/next-path';

export const metadata: Metadata = { title: 'Sign up' };

interface Props {
  searchParams: Promise<{ next?: string | string[] }>;
}

/** Makes an account, and goes on to `?next=`. */
export default async function SignUp({ searchParams }: Props) {
  const next = safeNext((await searchParams).next);
  if (await currentUser().catch(() => null)) redirect(next);
  return (
    <div className="narrow">
      <h1>Sign up</h1>
      <Credentials kind="sign-up" next={next} />
      <p className="narrow-foot">
        Been here before? <Link href={signInPath(next)}>I already have an account</Link>
      </p>
    </div>
  );
}
