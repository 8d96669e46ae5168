'use client';
import { useRouter } from 'next/navigation';
import { updateAccount } from '@/lib/browser';
import { Field, Form, Submit } from './form';

/** Changes the e-mail address, the password or both. */
export function AccountForm({ email }: { email: string }) {
  const router = useRouter();
  async function send(values: Record<string, string>) {
    await updateAccount(values);
    router.refresh();
  }
  return (
    <Form send={send} done="Your account has been saved.">
      <Field name="email" label="Email" type="email" autoComplete="email" defaultValue={email} />
      <Field
        name="newPassword"
        label="New password"
        type="password"
        autoComplete="new-password"
        hint="Leave it empty to keep the one you have."
      />
      <Field
        name="currentPassword"
        label="Current password"
        type="password"
        autoComplete="current-password"
        hint="Needed to change anything here."
      />
      <Submit busy="Saving…" className="btn btn-primary w-100">
        Save changes
      </Submit>
    </Form>
  );
}
