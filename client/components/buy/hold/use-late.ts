'use client';
import { useEffect, useState } from 'react';

/** Whether a wait has gone on for so many milliseconds. A wait of another name starts over. */
export function useLate(wait: string, after: number): boolean {
  const [late, setLate] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(wait);
    }, after);
    return () => {
      clearTimeout(timer);
      setLate(null);
    };
  }, [wait, after]);
  return late === wait;
}
