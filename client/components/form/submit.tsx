'use client';
import type { ReactNode } from 'react';
import { useHydrated } from '@/components/use-hydrated';
import { useFormState } from './state';

interface SubmitProps {
  /** The button's text while the request is in progress. */
  busy: string;
  className?: string;
  /** Sending is currently disabled. */
  isLocked?: boolean;
  /** The id of the element that tells several such buttons apart. */
  describedBy?: string;
  children: ReactNode;
}

/**
 * A form's button. It is disabled until hydration, so that no early tap is lost or sent natively; while a request is in
 * progress it keeps focus, and the form ignores further taps.
 */
export function Submit({ busy, className = 'btn btn-primary', isLocked = false, describedBy, children }: SubmitProps) {
  const { pending } = useFormState();
  const hydrated = useHydrated();
  return (
    <button
      type="submit"
      className={className}
      disabled={!hydrated || isLocked}
      aria-disabled={pending || undefined}
      aria-describedby={describedBy}
    >
      {pending ? busy : children}
    </button>
  );
}
