'use client';
import { useEffect, useState } from 'react';

/** The API's clock in milliseconds, by the second, carried on from its last answer (`serverNow`) by the browser's own. */
export function useServerClock(serverNow: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const offset = serverNow - Date.now();
    const timer = setInterval(() => {
      setNow(Math.floor((Date.now() + offset) / 1000) * 1000);
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [serverNow]);
  return now;
}
