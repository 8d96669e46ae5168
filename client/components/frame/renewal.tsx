'use client';
import { useEffect } from 'react';
import { isSignedIn } from '@/lib/api/browser';

const EVERY_MS = 10 * 60 * 1000;
const KEY = 'session-used-at';

/** Keeps the visitor signed in while they use the site: only an answer to the browser itself can renew its cookie. */
export function Renewal() {
  useEffect(() => {
    function renew() {
      if (document.hidden || !isDue()) return;
      void isSignedIn().catch(() => undefined);
    }
    renew();
    document.addEventListener('visibilitychange', renew);
    return () => document.removeEventListener('visibilitychange', renew);
  }, []);
  return null;
}

/** Once in a while, for all tabs together; always where nothing can be stored. */
function isDue(): boolean {
  try {
    if (Date.now() - Number(localStorage.getItem(KEY)) < EVERY_MS) return false;
    localStorage.setItem(KEY, `${Date.now()}`);
  } catch {
    // As if nothing was stored.
  }
  return true;
}
