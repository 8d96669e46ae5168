'use client';
import { signIn, signUp } from '@/lib/browser';
import { Field, Form, Submit } from './form';

interface CredentialsProps {
  kind: 'sign-in' | 'sign-up';
  /** The local path to go on to, loaded anew so that every part of it knows the session. */
  next: string;
}

/** The form of the sign-in and the sign-up page. */
export function Credentials({ kind, next }: CredentialsProps) {
  const isNew = kind === 'sign-up';
  return (
    <Form
      send={async (values) => {
        await (isNew ? signUp(values) : signIn(values));
        window.location.assign(next);
      }}
    >
      <Field name="email" label="Email" type="email" autoComplete="email" />
      <Field
        name="password"
        label="Password"
        type="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        hint={isNew ? 'From 8 to 128 characters.' : undefined}
      />
      <Submit busy={isNew ? 'Signing up…' : 'Signing in…'} className="btn btn-primary w-100">
        {isNew ? 'Sign up' : 'Sign in'}
      </Submit>
    </Form>
  );
}
