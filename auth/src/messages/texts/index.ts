import type { Language } from '@ticketing/common/contract';
import { de } from './de';
import { en } from './en';
import type { Texts } from './types';

export const texts: Record<Language, Texts> = { en, de };
