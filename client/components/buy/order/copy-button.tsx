'use client';
import { useState } from 'react';
import { useTexts } from '@/components/texts';
import { useHydrated } from '@/components/use-hydrated';

/** Copies a text; absent without scripts. */
export function CopyButton({ text }: { text: string }) {
  const t = useTexts('copying');
  const [words, setWords] = useState('');
  if (!useHydrated()) return null;
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setWords(t.copied);
    } catch {
      setWords(t.failed);
    }
  }
  return (
    <>
      <button type="button" className="btn btn-outline-primary" onClick={() => void copy()}>
        {t.copy}
      </button>
      <span role="status">{words}</span>
    </>
  );
}
