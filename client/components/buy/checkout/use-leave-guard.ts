'use client';
import { useEffect, useRef, useState } from 'react';
import { noteTrip, stepsToReturn } from '@/lib/buy/bank-trip';
import { clickLeadsTo, formLeadsTo } from '@/lib/leaving';

/** Where a visitor was about to go: a path of this site, or one page back. */
export type Destination = { path: string } | 'back';

interface Guard {
  /** Where the visitor wanted to go when they were held up, while they think about it. */
  wanted: Destination | null;
  /** Stays. */
  stay: () => void;
  /** Lets whatever leads away next pass. */
  open: () => void;
  /** Lets the way to the bank's page pass. */
  openToBank: () => void;
}

const isGuardEntry = () => (window.history.state as { isGuard?: true } | null)?.isGuard === true;

/** Takes the guard's entry out of the way back. The address stays, so this is nobody else's news. */
function dropGuardEntry(): void {
  if (!isGuardEntry()) return;
  const keep = (event: PopStateEvent) => {
    event.stopImmediatePropagation();
  };
  window.addEventListener('popstate', keep, { capture: true, once: true });
  window.history.back();
}

/**
 * Holds a visitor up once when they are about to leave: links, the search and the way back are caught; for a closed
 * tab and other sites the browser asks in its own words. Whoever has been warned is not asked again.
 * @param isOver the checkout has come to its end: one step back leads to where the visitor came from
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
    // One more entry of this page: the way back leads to it first, and so can be asked about.
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
