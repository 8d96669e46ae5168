'use client';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';

const ID = 'outcome';

type Tell = (words: string, meanwhile: () => void) => void;

const OutcomeContext = createContext<Tell>((_words, meanwhile) => {
  meanwhile();
});

/** Says what an action did, and moves the focus there, since the pressed button may be about to disappear. */
export const useTell = (): Tell => useContext(OutcomeContext);

/** Where a page shows what its last action did. */
export function Outcome({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState('');
  const tell: Tell = (words, meanwhile) => {
    // Nothing outside an open dialog can take the focus.
    flushSync(() => {
      setSaid(words);
      meanwhile();
    });
    document.getElementById(ID)?.focus();
  };
  return (
    <OutcomeContext value={tell}>
      <p id={ID} className={said ? 'alert alert-success' : 'mb-0'} role="status" tabIndex={-1}>
        {said}
      </p>
      {children}
    </OutcomeContext>
  );
}
