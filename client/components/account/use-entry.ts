'use client';
import { useTexts } from '@/components/texts';
import { isSignedIn } from '@/lib/api/browser';
import { LocalRefusal } from '@/lib/api/errors';

/**
 * Continues once someone is signed in, with a full load, so that every part of the next page knows the session. That
 * page replaces this one in the history: going back leads to where the visitor came from, instead of here and on again.
 */
export function useEntry(next: string) {
  const t = useTexts('credentials');
  return async () => {
    // If this request fails, the next page will say so.
    if (!(await isSignedIn().catch(() => true))) throw new LocalRefusal(t.cookieRefused);
    window.location.replace(next);
  };
}
