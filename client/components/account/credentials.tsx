'use client';
import { Field, Form, PasswordField, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { looksLikeEmail, passwordFits } from '@/lib/account';
import { signIn, signUp } from '@/lib/browser';

interface CredentialsProps {
  kind: 'sign-in' | 'sign-up';
  /** The local path to go on to, loaded anew so that every part of it knows the session. */
  next: string;
}

/** The form of the sign-in and the sign-up page. */
export function Credentials({ kind, next }: CredentialsProps) {
  const t = useTexts('credentials');
  const isNew = kind === 'sign-up';
  const checks = {
    email: (email: string) => (email ? (looksLikeEmail(email) ? undefined : t.emailWrong) : t.emailMissing),
    password: (password: string) => {
      if (!password) return t.passwordMissing;
      return isNew && !passwordFits(password) ? t.passwordLength : undefined;
    },
  };
  async function send(values: Record<string, string>) {
    await (isNew ? signUp(values) : signIn(values));
    window.location.assign(next);
  }
  return (
    <Form send={send} checks={checks}>
      <Field name="email" label={t.email} type="email" autoComplete="email" autoCapitalize="none" spellCheck={false} />
      <PasswordField
        name="password"
        label={t.password}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        hint={isNew ? t.passwordHint : undefined}
      />
      <Submit busy={isNew ? t.signingUp : t.signingIn} className="btn btn-primary btn-lg w-100">
        {isNew ? t.signUp : t.signIn}
      </Submit>
    </Form>
  );
}
