'use client';
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, type ReactNode } from 'react';

interface PanelProps {
  label: string;
  /** Its accessible name, where the label alone does not say what is chosen. */
  name?: string;
  /** Whether something is chosen in it. */
  isSet: boolean;
  children: ReactNode;
}

/** A button that opens choices beneath it, with and without scripts. It closes at a choice, at Escape and at a tap elsewhere. */
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
