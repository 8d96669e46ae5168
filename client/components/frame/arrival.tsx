'use client';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { cookieLine } from '@/lib/choices';

/**
 * Invisible work on page arrival: focus moves to the content after following a link, and the server learns the
 * visitor's time zone for later pages.
 */
export function Arrival() {
  const path = usePathname();
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [path]);
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    document.cookie = cookieLine('timeZone', timeZone, window.location.protocol === 'https:');
  }, []);
  return null;
}
