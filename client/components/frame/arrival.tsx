'use client';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { cookieNames, YEAR_SECONDS } from '@/lib/preferences';

/**
 * What a page's arrival asks for and shows nothing of: the focus moves to the content when a link has led to
 * another page, and the server learns the visitor's time zone for the pages to come.
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
    document.cookie = `${cookieNames.timeZone}=${timeZone}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  }, []);
  return null;
}
