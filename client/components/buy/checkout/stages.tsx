'use client';
import { useEffect, useRef, type ReactNode } from 'react';

/** Wraps a page that changes in place: when `stage` changes, focus moves to the new heading. */
export function Stages({ stage, children }: { stage: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const last = useRef(stage);
  useEffect(() => {
    if (last.current === stage) return;
    last.current = stage;
    const heading = place.current?.querySelector('h1');
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus();
  }, [stage]);
  return <div ref={place}>{children}</div>;
}
