'use client';
import { useEffect, useRef, type ComponentProps } from 'react';
import { Field } from '@/components/form';
import { noteEmail, takeEmail } from '@/lib/account/typed-email';

/** An email address. */
export const EmailField = (props: Omit<ComponentProps<typeof Field>, 'name'>) => (
  <Field autoComplete="email" {...props} name="email" type="email" autoCapitalize="none" spellCheck={false} />
);

/**
 * For an email field: fills in the address typed on the previous page, unless `isUsed` is false; then forgets it. Leaves
 * visitors alone who started typing before the page's scripts ran. What it holds in the end, the next page is told.
 */
export function useTypedEmail(isUsed: boolean) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const [email, input] = [takeEmail(), ref.current];
    if (isUsed && email && input && !input.value && input !== document.activeElement) input.value = email;
    return () => {
      if (input?.value) noteEmail(input.value);
    };
  }, [isUsed]);
  return ref;
}
