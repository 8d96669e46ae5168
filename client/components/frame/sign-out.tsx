'use client';
import { lazy, Suspense, type ComponentProps } from 'react';

const SignOutForm = lazy(() => import('./sign-out-form'));

/** Signs out. Its script is loaded late: only signed-in visitors need it, and not at once. */
export function SignOut(props: ComponentProps<typeof SignOutForm>) {
  return (
    <Suspense>
      <SignOutForm {...props} />
    </Suspense>
  );
}
