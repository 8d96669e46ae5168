/** The languages that the site speaks, the first where nothing else is wished for. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The cookies that keep a visitor's choices, and where their browser says its time zone. */
export const cookieNames = { language: 'language', theme: 'theme', timeZone: 'time-zone' } as const;
export const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** How a visitor wants to read. */
export interface Preferences {
  language: Language;
  /** For Intl: the language with the visitor's own region, as en-GB. */
  locale: string;
  /** As chosen by the switch; the system's choice if undefined. */
  theme?: Theme;
  /** IANA, as the visitor's browser last said; undefined until it has. */
  timeZone?: string;
}

const defaultLocales: Record<Language, string> = { en: 'en-US', de: 'de-DE' };

export const asLanguage = (text: unknown): Language | undefined => languages.find((language) => language === text);
export const asTheme = (text: unknown): Theme | undefined => themes.find((theme) => theme === text);

/** A time zone that Intl knows, else undefined. */
export function asTimeZone(text: string | undefined): string | undefined {
  if (!text || !/^[A-Za-z_+\-/0-9]{1,40}$/.test(text)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** The tags of an Accept-Language header (RFC 9110), most wanted first. */
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
 * A tag's language with its region, where it is of a language and has one. The rest of it is left out: variants, extensions
 * and private parts may contradict each other, and there is no end of them.
 */
const regionalTag = (tag: string, language: Language): string | undefined =>
  new RegExp(`^${language}-(?:[a-z]{2}|[0-9]{3})(?=-|$)`, 'i').exec(tag)?.[0];

/** The language that was `chosen`, else the first of the Accept-Language header that the site speaks; and its locale. */
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
