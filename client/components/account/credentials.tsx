'use client';
import { useState } from 'react';
import { Form, PasswordField, Submit } from '@/components/form';
import { Link } from '@/components/link';
import { useTexts } from '@/components/texts';
import { looksLikeEmail, passwordFits } from '@/lib/account/account';
import { signIn, signUp } from '@/lib/api/account';
import { hasCode, paramOf } from '@/lib/api/errors';
import { signInPath } from '@/lib/account/next-path';
import { noteEmail } from '@/lib/account/typed-email';
import { TypedEmail } from './email-field';
import { PasskeySignIn } from './passkey-sign-in';
import { SecondStep } from './second-step';
import { useEntry } from './use-entry';

interface CredentialsProps {
  kind: 'sign-in' | 'sign-up';
  /** The local path to continue to, fully reloaded so that every part of it knows the session. */
  next: string;
}

/** The sign-in and sign-up form. */
export function Credentials({ kind, next }: CredentialsProps) {
  const t = useTexts('credentials');
  const isNew = kind === 'sign-up';
  const [isTaken, setTaken] = useState(false);
  const [steps, setSteps] = useState<string[]>();
  const enter = useEntry(next);
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
      if (hasCode(error, 'factor-required')) {
        setSteps(String(paramOf(error, 'steps')).split(', '));
        return;
      }
      if (isNew && hasCode(error, 'email-in-use')) {
        noteEmail(values.email ?? '');
        setTaken(true);
      }
      throw error;
    }
    await enter();
  }
  if (steps)
    return (
      <SecondStep
        steps={steps}
        next={next}
        onBack={() => {
          setSteps(undefined);
        }}
      />
    );
  const form = (
    <Form send={send} checks={checks}>
      <TypedEmail isUsed={!isNew} label={t.email} autoComplete={isNew ? 'email' : 'username webauthn'} />
      {isTaken && (
        <p>
          <Link href={signInPath(next)} replace>
            {t.signInInstead}
          </Link>{' '}
          · <Link href="/auth/forgot">{t.forgot}</Link>
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
  if (isNew) return form;
  return (
    <>
      {form}
      <PasskeySignIn next={next} />
    </>
  );
}
