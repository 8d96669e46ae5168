'use client';
import { startTransition, useEffect, useState } from 'react';
import { followed, noteFollowed, type Followed } from '@/lib/account/followed';

/** The result of following a link in a message, kept when the visitor leaves the page and comes back. */
export function useFollowed(token: string): [Followed | undefined, (done: Followed) => void] {
  const [done, setDone] = useState<Followed>();
  useEffect(() => {
    startTransition(() => setDone(followed(token)));
  }, [token]);
  return [
    done,
    (now) => {
      noteFollowed(token, now);
      setDone(now);
    },
  ];
}
