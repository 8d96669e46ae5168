'use client';
import { useEffect } from 'react';
import { isSignedIn } from '@/lib/api/browser';

const EVERY_MS = 10 * 60 * 1000;
const KEY = 'session-used-at';

/** Keeps the visitor signed in while they use the site: only a response to the browser itself can renew its cookie. */
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

/** From time to time, once for all tabs; always if storage is blocked, or says the future: the clock was set back. */
function isDue(): boolean {
  try {
    const now = Date.now();
    const since = now - Number(localStorage.getItem(KEY));
    if (since >= 0 && since < EVERY_MS) return false;
    localStorage.setItem(KEY, `${now}`);
  } catch {
    // As if nothing was stored.
  }
  return true;
}
