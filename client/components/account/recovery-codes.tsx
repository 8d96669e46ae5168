'use client';
import { useEffect, useRef, useState } from 'react';
import { Leaving } from '@/components/form';
import { useTexts } from '@/components/texts';

/** New recovery codes, shown this once: to copy, download or print. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const t = useTexts('factors');
  const [isCopied, setCopied] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const unsaved = useRef(true);
  useEffect(() => {
    heading.current?.focus();
    // They are shown this once: the browser asks before the page is closed.
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('beforeunload', ask);
    };
  }, []);
  const text = `${t.fileHead}\n\n${codes.join('\n')}\n`;
  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  }
  return (
    <section className="recovery" aria-labelledby="recovery-codes">
      <h3 id="recovery-codes" ref={heading} tabIndex={-1}>
        {t.codesTitle}
      </h3>
      <p>{t.codesIntro}</p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p className="recovery-actions">
        <button type="button" className="btn btn-outline-primary" onClick={() => void copy()}>
          {t.copy}
        </button>
        <a
          className="btn btn-outline-primary"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="ticketing-recovery-codes.txt"
        >
          {t.download}
        </a>
        <button
          type="button"
          className="btn btn-outline-primary"
          onClick={() => {
            window.print();
          }}
        >
          {t.print}
        </button>
      </p>
      <p role="status">{isCopied && t.copied}</p>
      <button type="button" className="btn btn-primary w-100" onClick={onDone}>
        {t.saved}
      </button>
      <Leaving dirtyRef={unsaved} words={t.codesLeave} />
    </section>
  );
}
