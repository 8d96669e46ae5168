'use client';
import { useRouter } from 'next/navigation';
import { Field, Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { updateAccount } from '@/lib/browser';

/** Changes the e-mail address, the password or both. */
export function AccountForm({ email }: { email: string }) {
  const t = useTexts('account');
  const router = useRouter();
  async function send(values: Record<string, string>) {
    await updateAccount(values);
    router.refresh();
  }
  return (
    <Form send={send} done={t.saved}>
      <Field name="email" label={t.email} type="email" autoComplete="email" defaultValue={email} />
      <Field name="newPassword" label={t.newPassword} type="password" autoComplete="new-password" hint={t.newPasswordHint} />
      <Field
        name="currentPassword"
        label={t.currentPassword}
        type="password"
        autoComplete="current-password"
        hint={t.currentPasswordHint}
      />
      <Submit busy={t.saving} className="btn btn-primary btn-lg w-100">
        {t.save}
      </Submit>
    </Form>
  );
}
