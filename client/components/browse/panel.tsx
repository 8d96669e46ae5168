'use client';
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, type ReactNode } from 'react';

interface PanelProps {
  label: string;
  /** Its accessible name, if the label alone does not name the selection. */
  name?: string;
  /** Whether something in it is selected. */
  isSet: boolean;
  children: ReactNode;
}

/**
 * A button that opens options below it, with or without scripts. It closes on selection, on Escape, and on a tap
 * elsewhere.
 */
export function Panel({ label, name, isSet, children }: PanelProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const address = useSearchParams().toString();

  function close() {
    const { current } = details;
    if (!current?.open) return;
    if (current.contains(document.activeElement)) current.querySelector('summary')?.focus();
    current.open = false;
  }

  useEffect(close, [address]);
  useEffect(() => {
    const closeElsewhere = ({ target }: PointerEvent) => {
      if (!details.current?.contains(target as Node)) close();
    };
    document.addEventListener('pointerdown', closeElsewhere);
    return () => {
      document.removeEventListener('pointerdown', closeElsewhere);
    };
  }, []);

  return (
    <details
      ref={details}
      name="choices"
      className="panel"
      onKeyDown={({ key }) => {
        if (key === 'Escape') close();
      }}
    >
      <summary className={isSet ? 'pill pill-set' : 'pill'} aria-label={name}>
        {label}
      </summary>
      <div className="panel-sheet">{children}</div>
    </details>
  );
}
