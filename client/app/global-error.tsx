'use client';
import { useSyncExternalStore } from 'react';
import { Message } from '@/components/message';
import { problems as german } from '@/texts/de/common';
import { problems as english } from '@/texts/en/common';
import '../styles/index.scss';

const never = () => () => undefined;
const isGerman = () => navigator.language.startsWith('de');

/** Shown when the layout itself failed, so it depends only on the styles. */
export default function GlobalError() {
  const speaksGerman = useSyncExternalStore(never, isGerman, () => false);
  const t = speaksGerman ? german : english;
  return (
    <html lang={speaksGerman ? 'de' : 'en'}>
      <body>
        <title>{t.brokenTitle}</title>
        <main id="main" className="container">
          <Message title={t.brokenTitle} actions={<a href="/">{t.home}</a>}>
            {t.broken}
          </Message>
        </main>
      </body>
    </html>
  );
}
