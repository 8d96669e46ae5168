'use client';
import { useSyncExternalStore } from 'react';

const subscribe = () => () => undefined;

/** Whether the page reacts to its visitor yet: false on the server and while the browser takes over its HTML. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
