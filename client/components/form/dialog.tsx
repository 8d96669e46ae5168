'use client';
import { useEffect, useId, useRef, type ReactNode } from 'react';

interface DialogProps {
  title: string;
  isOpen: boolean;
  /** Called whenever it closes, also by Escape. */
  onClose: () => void;
  /** The id of what gets the focus on close if the button that opened it is about to go. */
  returnTo?: string;
  children: ReactNode;
}

/** A modal question. The browser traps focus in it and restores it on close. */
export function Dialog({ title, isOpen, onClose, returnTo, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (isOpen) return dialog.current?.showModal();
    dialog.current?.close();
    if (returnTo) document.getElementById(returnTo)?.focus();
  }, [isOpen, returnTo]);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {isOpen && children}
    </dialog>
  );
}
