'use client';
import { Message } from '@/components/message';
import { useTexts } from '@/components/texts';

interface Props {
  /** Requests the page from the server again. */
  retry: () => void;
}

/** Shown instead of a page that failed. */
export default function ErrorPage({ retry }: Props) {
  const t = useTexts('problems');
  return (
    <Message
      title={t.brokenTitle}
      actions={
        <>
          <button type="button" className="btn btn-primary" onClick={retry}>
            {t.retry}
          </button>
          <a href="/">{t.home}</a>
        </>
      }
    >
      {t.broken}
    </Message>
  );
}
