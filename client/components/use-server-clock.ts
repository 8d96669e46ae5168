'use client';
import { useEffect, useState } from 'react';

/**
 * The API's time in milliseconds, ticking every second, continued from its last response (`serverNow`) by the browser's
 * clock.
 */
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
