'use client';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

const subscribe = (onChange: () => void) => {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
};

const read = () => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '';

/**
 * The secret of the link that led to this page. It follows a `#`, which browsers keep to themselves: no log and no other
 * site learns it. When another hash takes its place, such as that of "Skip to content", it is put back, so that it outlives a reload, too.
 * @param asked of a link of an earlier version, in the query of its address; empty if there is none
 */
export function useLinkToken(asked: string): string {
  const current = useSyncExternalStore(subscribe, read, () => '');
  const [last, setLast] = useState(current);
  if (current && current !== last) setLast(current);
  const page = useRef<string>(undefined);
  useEffect(() => {
    const { pathname } = window.location;
    page.current ??= pathname;
    // On the way to another page, by the browser's buttons, the address is already that of the other.
    if (last && !current && pathname === page.current)
      window.history.replaceState(window.history.state, '', `#token=${last}`);
  }, [current, last]);
  return current || last || asked;
}
