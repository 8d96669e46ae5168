'use client';
import { useRouter } from 'next/navigation';
import { Form, PasswordField, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { looksLikeEmail, passwordFits } from '@/lib/account/account';
import { updateAccount } from '@/lib/api/account';
import { LocalRefusal } from '@/lib/api/errors';
import { EmailField } from './email-field';
import { useProof } from './proof';

/** Changes the email address, the password or both. */
export function AccountForm({ email }: { email: string }) {
  const t = useTexts('account');
  const words = useTexts('credentials');
  const factors = useTexts('factors');
  const router = useRouter();
  const proven = useProof();
  const checks = {
    email: (typed: string) => (looksLikeEmail(typed) ? undefined : words.emailWrong),
    newPassword: (typed: string) => (!typed || passwordFits(typed) ? undefined : words.passwordLength),
    currentPassword: (typed: string) => (typed ? undefined : t.currentPasswordMissing),
  };
  async function send(values: Record<string, string>) {
    let [isTried, isDone] = [false, false];
    await proven(async () => {
      // An account with two-step sign-in needs both here, too; saving takes another tap then.
      if (isTried) return;
      isTried = true;
      await updateAccount(values);
      isDone = true;
      router.refresh();
    });
    if (!isDone) throw new LocalRefusal(factors.proofAgain);
  }
  return (
    <Form send={send} checks={checks} done={t.saved} draft="account">
      <EmailField label={t.email} defaultValue={email} hint={t.emailHint} />
      <PasswordField name="newPassword" label={t.newPassword} autoComplete="new-password" hint={t.newPasswordHint} />
      <PasswordField
        name="currentPassword"
        label={t.currentPassword}
        autoComplete="current-password"
        hint={t.currentPasswordHint}
      />
      <Submit busy={t.saving} className="btn btn-primary btn-lg w-100">
        {t.save}
      </Submit>
    </Form>
  );
}
