'use client';
import { useState } from 'react';
import { useTexts } from '@/components/texts';
import { useHydrated } from '@/components/use-hydrated';

/** A link to share: to read, to copy, and to hand to other apps where the browser can. */
export function ShareLink({ url, title }: { url: string; title: string }) {
  const t = useTexts('live');
  const [isCopied, setCopied] = useState(false);
  const hydrated = useHydrated();
  const data = { url, title };
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
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
      {hydrated && window.isSecureContext && (
        <div className="share-actions">
          <button type="button" className="btn btn-outline-primary" onClick={() => void copy().catch(() => undefined)}>
            {t.copy}
          </button>
          {typeof navigator.share === 'function' && (
            <button
              type="button"
              className="btn btn-outline-primary"
              onClick={() => void navigator.share(data).catch(() => undefined)}
            >
              {t.send}
            </button>
          )}
        </div>
      )}
      <p role="status">{isCopied && t.copied}</p>
    </div>
  );
}
