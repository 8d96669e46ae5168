'use client';
import { useState } from 'react';
import { useTexts } from '@/components/texts';
import { useHydrated } from '@/components/use-hydrated';

interface ShareProps {
  url: string;
  title: string;
  /** Whether the link itself is shown, to be read and copied by hand, with a button for each way to share it. */
  showsLink?: boolean;
}

/** Shares a page with the device's share dialog, or copies its link; hidden without scripts, except for the link. */
export function Share({ url, title, showsLink = false }: ShareProps) {
  const t = useTexts('sharing');
  const [words, setWords] = useState('');
  const hydrated = useHydrated();
  const canSend = hydrated && typeof navigator.share === 'function';
  async function copy() {
    await navigator.clipboard.writeText(url);
    setWords(t.copied);
  }
  const press = (act: () => Promise<void>) => () => {
    act().catch((error: unknown) => {
      // The visitor closed the device's dialog: no error.
      if (!(error instanceof DOMException && error.name === 'AbortError')) setWords(`${t.failed} ${url}`);
    });
  };
  const send = press(() => (canSend ? navigator.share({ url, title }) : copy()));
  if (!showsLink)
    return (
      <>
        <button type="button" className="btn btn-link" disabled={!hydrated} onClick={send}>
          {t.share}
        </button>
        <span role="status" className="share-words">
          {words}
        </span>
      </>
    );
  return (
    <div className="share">
      <input
        className="form-control"
        readOnly
        value={url}
        aria-label={t.link}
        onFocus={({ target }) => {
          target.select();
        }}
      />
      <div className="share-actions">
        <button type="button" className="btn btn-outline-primary" disabled={!hydrated} onClick={press(copy)}>
          {t.copy}
        </button>
        {canSend && (
          <button type="button" className="btn btn-outline-primary" onClick={send}>
            {t.share}
          </button>
        )}
      </div>
      <p role="status">{words}</p>
    </div>
  );
}
