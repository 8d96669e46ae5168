'use client';
import { useEffect, useRef, type ComponentProps } from 'react';
import { Field } from '@/components/form';
import { noteEmail, takeEmail } from '@/lib/account/typed-email';

/** An email address. */
export const EmailField = (props: Omit<ComponentProps<typeof Field>, 'name'>) => (
  <Field autoComplete="email" {...props} name="email" type="email" autoCapitalize="none" spellCheck={false} />
);

interface TypedEmailProps extends Omit<ComponentProps<typeof Field>, 'name'> {
  /** Whether to fill in the address typed on the previous page, or only to forget it. */
  isUsed?: boolean;
}

/**
 * An email address that is carried over between pages and steps. Does not overwrite what was typed before the page's
 * scripts ran.
 */
export function TypedEmail({ isUsed = true, ...props }: TypedEmailProps) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const [email, input] = [takeEmail(), ref.current];
    if (isUsed && email && input && !input.value && input !== document.activeElement) input.value = email;
    return () => {
      if (input?.value) noteEmail(input.value);
    };
  }, [isUsed]);
  return <EmailField ref={ref} {...props} />;
}
