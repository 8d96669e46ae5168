'use client';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Section, Texts } from '@/texts/types';

interface Reader {
  /** BCP 47, for `lib/format`. */
  locale: string;
  /** The visitor's time zone, as last reported by their browser; undefined until then. */
  timeZone?: string;
  texts: Partial<Texts>;
}

const ReaderContext = createContext<Reader>({ locale: 'en-US', texts: {} });

/** The visitor's locale and time zone, for client components. */
export const useReader = (): Pick<Reader, 'locale' | 'timeZone'> => useContext(ReaderContext);

/** A section of the texts. Throws if no `TextsProvider` above provides it. */
export function useTexts<S extends Section>(section: S): Texts[S] {
  const texts = useContext(ReaderContext).texts[section];
  if (!texts) throw new Error(`The texts of '${section}' do not reach this component: wrap it in a TextsProvider`);
  return texts;
}

type ReaderProps = Reader & { children: ReactNode };

/** Wraps all pages: the visitor's locale and zone, and the texts every page may need. */
export function ReaderProvider({ locale, timeZone, texts, children }: ReaderProps) {
  const reader = useMemo(() => ({ locale, timeZone, texts }), [locale, timeZone, texts]);
  return <ReaderContext value={reader}>{children}</ReaderContext>;
}

/** Provides more sections of the texts to its children, so that a page sends the browser no others. */
export function TextsProvider({ texts, children }: { texts: Partial<Texts>; children: ReactNode }) {
  const above = useContext(ReaderContext);
  const reader = useMemo(() => ({ ...above, texts: { ...above.texts, ...texts } }), [above, texts]);
  return <ReaderContext value={reader}>{children}</ReaderContext>;
}
