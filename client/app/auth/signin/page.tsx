import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Credentials } from '@/components/credentials';
import { Link } from '@/components/link';
import { currentUser } from '@/lib/api';
import { safeNext, signUpPath } from '@/lib/next-path';

export const metadata: Metadata = { title: 'Sign in' };

interface Props {
  searchParams: Promise<{ next?: string | string[] }>;
}

/** Signs in, and goes on to `?next=`. */
export default async function SignIn({ searchParams }: Props) {
  const next = safeNext((await searchParams).next);
  if (await currentUser().catch(() => null)) redirect(next);
  return (
    <div className="narrow">
      <h1>Sign in</h1>
      <Credentials kind="sign-in" next={next} />
      <p className="narrow-foot">
        New here? <Link href={signUpPath(next)}>Create an account</Link>
      </p>
    </div>
  );
}
