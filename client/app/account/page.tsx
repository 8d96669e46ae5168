import type { Metadata } from 'next';
import { AccountForm } from '@/components/account-form';
import { requireUser } from '@/lib/visitor';

export const metadata: Metadata = { title: 'Account' };

/** The visitor's e-mail address and password. */
export default async function Account() {
  const user = await requireUser('/account');
  return (
    <div className="narrow">
      <h1>Account</h1>
      <AccountForm email={user.email} />
    </div>
  );
}
