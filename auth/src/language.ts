import { languages, readCookie, type Language } from '@ticketing/common';
import type { Request } from 'express';

/** A visitor's language: chosen on the site, otherwise the browser's first choice. */
export function languageOf(req: Request): Language {
  const chosen = readCookie(req, 'language');
  const wanted = req.acceptsLanguages([...languages]);
  return languages.find((language) => language === chosen) ?? languages.find((one) => one === wanted) ?? languages[0];
}
