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
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    const box = dialog.current;
    if (isOpen) {
      box?.showModal();
      // A dialog longer than the window is read from its top, not from its first button.
      if (box && box.scrollHeight > box.clientHeight) heading.current?.focus();
      return;
    }
    box?.close();
    if (returnTo) document.getElementById(returnTo)?.focus();
  }, [isOpen, returnTo]);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        // The browser would close it before its page knows: opening it again at once would be lost.
        event.preventDefault();
        onClose();
      }}
      // The event comes late: by then it may be open again.
      onClose={() => dialog.current?.open || onClose()}
    >
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {isOpen && children}
    </dialog>
  );
}
