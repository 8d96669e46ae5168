'use client';
import { useEffect, useState } from 'react';

/** Whether a wait has lasted the given milliseconds. A wait with another name starts over. */
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
