'use client';
import { useEffect, useRef, type ComponentProps } from 'react';
import { Field } from '@/components/form';
import { takeEmail } from '@/lib/account/typed-email';

/** An email address. */
export const EmailField = (props: Omit<ComponentProps<typeof Field>, 'name'>) => (
  <Field autoComplete="email" {...props} name="email" type="email" autoCapitalize="none" spellCheck={false} />
);

/** For an email field: fills in the address typed on the page before, unless `isUsed` is false; it is forgotten then. */
export function useTypedEmail(isUsed: boolean) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const email = takeEmail();
    if (isUsed && input.current && email) input.current.value = email;
  }, [isUsed]);
  return input;
}
