'use client';
import { useTexts } from '@/components/texts';
import { isSignedIn } from '@/lib/api/browser';
import { LocalRefusal } from '@/lib/api/errors';

/**
 * Goes on once someone is signed in, by a full load, so that every part of the next page knows the session. That page
 * takes this one's place in the history: back leads to where the visitor came from, not here and on again.
 */
export function useEntry(next: string) {
  const t = useTexts('credentials');
  return async () => {
    // If this request fails, the next page will tell.
    if (!(await isSignedIn().catch(() => true))) throw new LocalRefusal(t.cookieRefused);
    window.location.replace(next);
  };
}
