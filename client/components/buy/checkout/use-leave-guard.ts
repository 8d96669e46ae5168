'use client';
import { useEffect, useRef, useState } from 'react';
import { noteTrip, stepsToReturn } from '@/lib/buy/bank-trip';
import { clickLeadsTo, formLeadsTo } from '@/lib/leaving';

/** Where a visitor was about to go: a path of this site, or one page back. */
export type Destination = { path: string } | 'back';

interface Guard {
  /** Where the visitor was going when interrupted, while they decide. */
  wanted: Destination | null;
  /** Stays. */
  stay: () => void;
  /** Lets the next navigation pass. */
  open: () => void;
  /** Lets the navigation to the bank's page pass. */
  openToBank: () => void;
}

const isGuardEntry = () => (window.history.state as { isGuard?: true } | null)?.isGuard === true;

/** Removes the guard's history entry. The URL stays the same, so nothing else needs to know. */
function dropGuardEntry(): void {
  if (!isGuardEntry()) return;
  const keep = (event: PopStateEvent) => {
    event.stopImmediatePropagation();
  };
  window.addEventListener('popstate', keep, { capture: true, once: true });
  window.history.back();
}

/**
 * Interrupts a visitor once when they are about to leave: links, search and the back button are caught; for closed tabs
 * and other sites the browser shows its own prompt. A visitor who was asked once is not asked again.
 * @param isOver the checkout has ended: going back once leads to where the visitor came from
 */
export function useLeaveGuard(orderId: string, isOn: boolean, isOver: boolean): Guard {
  const [wanted, setWanted] = useState<Destination | null>(null);
  const isWarned = useRef(false);
  const isLeaving = useRef(false);
  useEffect(() => {
    if (isOver && !isLeaving.current) dropGuardEntry();
  }, [isOver]);
  useEffect(() => {
    if (!isOn || stepsToReturn(orderId) > 0) return;
    const holdUp = (event: Event, path: string | undefined) => {
      if (path === undefined || isWarned.current) return;
      event.preventDefault();
      event.stopPropagation();
      isWarned.current = true;
      setWanted({ path });
    };
    const onClick = (event: MouseEvent) => {
      holdUp(event, clickLeadsTo(event, window.location.href));
    };
    const onSubmit = (event: SubmitEvent) => {
      holdUp(event, formLeadsTo(event, window.location.href));
    };
    const onBack = () => {
      if (isWarned.current) return;
      isWarned.current = true;
      setWanted('back');
    };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!isWarned.current) event.preventDefault();
      isWarned.current = true;
    };
    // One extra history entry of this page: going back reaches it first, so the guard can ask.
    if (!isGuardEntry() && !isWarned.current)
      window.history.pushState({ ...(window.history.state as object | null), isGuard: true }, '');
    window.addEventListener('click', onClick, true);
    window.addEventListener('submit', onSubmit, true);
    window.addEventListener('popstate', onBack);
    window.addEventListener('beforeunload', onUnload);
    return () => {
      window.removeEventListener('click', onClick, true);
      window.removeEventListener('submit', onSubmit, true);
      window.removeEventListener('popstate', onBack);
      window.removeEventListener('beforeunload', onUnload);
    };
  }, [orderId, isOn]);
  const open = () => {
    isWarned.current = true;
    isLeaving.current = true;
  };
  return {
    wanted,
    stay: () => {
      setWanted(null);
    },
    open,
    openToBank: () => {
      open();
      noteTrip(orderId, isGuardEntry() ? 1 : 0);
    },
  };
}
