import { languages, readCookie, type Language } from '@ticketing/common';
import type { Request } from 'express';

/** The language in which a visitor reads: chosen on the site, else the one that their browser wants most. */
export function languageOf(req: Request): Language {
  const chosen = readCookie(req, 'language');
  const wanted = req.acceptsLanguages([...languages]);
  return languages.find((language) => language === chosen) ?? languages.find((one) => one === wanted) ?? languages[0];
}
