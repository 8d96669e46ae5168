'use client';
import { useState } from 'react';
import { useTexts } from '@/components/texts';
import { useHydrated } from '@/components/use-hydrated';

/** Shares a page by the device's own means, or copies its link; hidden without scripts. */
export function Share({ url, title }: { url: string; title: string }) {
  const t = useTexts('sharing');
  const [words, setWords] = useState('');
  const hydrated = useHydrated();
  async function share() {
    try {
      if (typeof navigator.share === 'function') await navigator.share({ url, title });
      else {
        await navigator.clipboard.writeText(url);
        setWords(t.copied);
      }
    } catch (error) {
      // Whoever closes the device's dialog knows that nothing was shared.
      if (!(error instanceof DOMException && error.name === 'AbortError')) setWords(`${t.failed} ${url}`);
    }
  }
  return (
    <>
      <button type="button" className="btn btn-link" disabled={!hydrated} onClick={() => void share()}>
        {t.share}
      </button>
      <span role="status">{words}</span>
    </>
  );
}
