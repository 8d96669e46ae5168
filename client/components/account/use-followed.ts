'use client';
import { startTransition, useEffect, useState } from 'react';
import { followed, noteFollowed, type Followed } from '@/lib/account/followed';

/** What came of a link in a message, once it was followed, also before the visitor went away and back. */
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
