import 'server-only';
import type { Language } from '@/lib/preferences';
import { preferences } from '@/lib/visitor';
import { de } from './de';
import { en } from './en';
import type { Texts } from './types';

const byLanguage: Record<Language, Texts> = { en, de };

/** The texts in the visitor's language, for server rendering. */
export const getTexts = async (): Promise<Texts> => byLanguage[(await preferences()).language];

/** A language's name in that language. */
export const nameOfLanguage = (language: Language): string => byLanguage[language].language;
