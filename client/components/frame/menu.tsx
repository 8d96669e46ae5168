'use client';
import { usePathname } from 'next/navigation';
import { useEffect, useRef, type ReactNode } from 'react';

interface MenuProps {
  /** The button's accessible name. */
  label: string;
  /** The button's content. */
  button: ReactNode;
  children: ReactNode;
}

/** A button that opens a panel, using the browser's popover, so it works before and without scripts. */
export function Menu({ label, button, children }: MenuProps) {
  const panel = useRef<HTMLDivElement>(null);
  const path = usePathname();
  useEffect(() => {
    panel.current?.hidePopover();
  }, [path]);
  return (
    <>
      <button type="button" className="menu-button" popoverTarget="menu" aria-label={label} title={label}>
        {button}
      </button>
      <div ref={panel} id="menu" popover="auto" className="menu">
        {children}
      </div>
    </>
  );
}
