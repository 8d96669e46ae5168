'use client';
import { useState } from 'react';
import { Form, PasswordField, Submit } from '@/components/form';
import { Link } from '@/components/link';
import { useTexts } from '@/components/texts';
import { looksLikeEmail, passwordFits } from '@/lib/account/account';
import { isSignedIn, signIn, signUp } from '@/lib/api/browser';
import { hasCode, Refusal } from '@/lib/api/errors';
import { signInPath } from '@/lib/account/next-path';
import { noteEmail } from '@/lib/account/typed-email';
import { EmailField, useTypedEmail } from './email-field';

interface CredentialsProps {
  kind: 'sign-in' | 'sign-up';
  /** The local path to continue to, fully reloaded so that every part of it knows the session. */
  next: string;
}

/** The sign-in and sign-up form. */
export function Credentials({ kind, next }: CredentialsProps) {
  const t = useTexts('credentials');
  const isNew = kind === 'sign-up';
  const email = useTypedEmail(!isNew);
  const [isTaken, setTaken] = useState(false);
  const checks = {
    email: (email: string) => (email ? (looksLikeEmail(email) ? undefined : t.emailWrong) : t.emailMissing),
    password: (password: string) => {
      if (!password) return t.passwordMissing;
      return isNew && !passwordFits(password) ? t.passwordLength : undefined;
    },
  };
  async function send(values: Record<string, string>) {
    setTaken(false);
    try {
      await (isNew ? signUp(values) : signIn(values));
    } catch (error) {
      if (isNew && hasCode(error, 'email-in-use')) {
        noteEmail(values.email ?? '');
        setTaken(true);
      }
      throw error;
    }
    // If this request fails, the next page will tell.
    if (!(await isSignedIn().catch(() => true))) throw new Refusal(t.cookieRefused);
    window.location.assign(next);
  }
  return (
    <Form send={send} checks={checks}>
      <EmailField ref={email} label={t.email} />
      {isTaken && (
        <p>
          <Link href={signInPath(next)}>{t.signInInstead}</Link> · <Link href="/auth/forgot">{t.forgot}</Link>
        </p>
      )}
      <PasswordField
        name="password"
        label={t.password}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        hint={isNew ? t.passwordHint : undefined}
      />
      {!isNew && (
        <p className="form-aside">
          <Link href="/auth/forgot">{t.forgot}</Link>
        </p>
      )}
      <Submit busy={isNew ? t.signingUp : t.signingIn} className="btn btn-primary btn-lg w-100">
        {isNew ? t.signUp : t.signIn}
      </Submit>
    </Form>
  );
}
