'use client';
import { lazy, Suspense, type ComponentProps } from 'react';

const SignOutForm = lazy(() => import('./sign-out-form'));

/** Signs out. Its scripts come after the page's: only who is signed in needs them, and not at once. */
export function SignOut(props: ComponentProps<typeof SignOutForm>) {
  return (
    <Suspense>
      <SignOutForm {...props} />
    </Suspense>
  );
}
