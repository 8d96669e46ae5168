import { languages, type Language } from '@ticketing/common/contract/limits';

export { languages, type Language };

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** A visitor's reading preferences. */
export interface Preferences {
  language: Language;
  /** For Intl: the language with the visitor's region, such as en-GB. */
  locale: string;
  /** As chosen with the switch; the system's if undefined. */
  theme?: Theme;
  /** IANA, as last reported by the visitor's browser; undefined until then. */
  timeZone?: string;
}

const defaultLocales: Record<Language, string> = { en: 'en-US', de: 'de-DE' };

export const asLanguage = (text: unknown): Language | undefined => languages.find((language) => language === text);
export const asTheme = (text: unknown): Theme | undefined => themes.find((theme) => theme === text);

/** A time zone known to Intl, otherwise undefined. */
export function asTimeZone(text: string | undefined): string | undefined {
  if (!text || !/^[A-Za-z_+\-/0-9]{1,40}$/.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** The tags of an Accept-Language header (RFC 9110), most preferred first. */
function wanted(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(/\s*;\s*/);
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return { tag, quality: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ tag, quality }) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

/**
 * A tag's language with its region, if it has them. The rest is dropped: variants, extensions and private parts may
 * contradict each other, and are endless.
 */
const regionalTag = (tag: string, language: Language): string | undefined =>
  new RegExp(`^${language}-(?:[a-z]{2}|[0-9]{3})(?=-|$)`, 'i').exec(tag)?.[0];

/** The `chosen` language, otherwise the first supported one in the Accept-Language header; and its locale. */
export function chooseLanguage(chosen: string | undefined, header = ''): Pick<Preferences, 'language' | 'locale'> {
  const tags = wanted(header);
  const language =
    asLanguage(chosen) ?? tags.map((tag) => asLanguage(tag.slice(0, 2).toLowerCase())).find(Boolean) ?? languages[0];
  const regional = tags.map((tag) => regionalTag(tag, language)).find(Boolean);
  return {
    language,
    locale: (regional && Intl.DateTimeFormat.supportedLocalesOf(regional)[0]) ?? defaultLocales[language],
  };
}
