'use client';
import type { ReactNode } from 'react';
import { useHydrated } from '@/components/use-hydrated';
import { useFormState } from './state';

interface SubmitProps {
  /** The button's words while the request is under way. */
  busy: string;
  className?: string;
  /** Nothing can be sent just now. */
  isLocked?: boolean;
  children: ReactNode;
}

/**
 * A form's button. It waits for the page to take over, so that no early tap is lost or sent the browser's own way;
 * while a request is under way it keeps the focus, and the form ignores further taps.
 */
export function Submit({ busy, className = 'btn btn-primary', isLocked = false, children }: SubmitProps) {
  const { pending } = useFormState();
  const hydrated = useHydrated();
  return (
    <button type="submit" className={className} disabled={!hydrated || isLocked} aria-disabled={pending || undefined}>
      {pending ? busy : children}
    </button>
  );
}
