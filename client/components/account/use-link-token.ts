'use client';
import { useSyncExternalStore } from 'react';

const subscribe = (onChange: () => void) => {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
};

const read = () => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '';

/**
 * The secret of the link that led to this page. It follows a `#`, which browsers keep to themselves: no log and no other
 * site learns it.
 * @param asked of a link of an earlier version, in the query of its address; empty if there is none
 */
export function useLinkToken(asked: string): string {
  const kept = useSyncExternalStore(subscribe, read, () => '');
  return kept || asked;
}
