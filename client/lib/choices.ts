/** How a visitor's choices are stored: a separate module, because every page loads it in the browser. */

/** The cookies with the visitor's choices, and their browser's time zone. */
const cookieNames = { language: 'language', theme: 'theme', timeZone: 'time-zone' } as const;
export const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Over HTTPS the prefix keeps sibling domains from setting a cookie. Over HTTP browsers reject it. */
const HOST = '__Host-';

type CookieName = keyof typeof cookieNames;

/** The cookie that stores a choice for a year. */
export const cookieLine = (name: CookieName, value: string, isSecure: boolean): string =>
  `${isSecure ? HOST : ''}${cookieNames[name]}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${isSecure ? '; Secure' : ''}`;

/** A stored choice, given a function that reads cookies: preferably the one bound to this host. */
export const cookieIn = (read: (name: string) => string | undefined, name: CookieName): string | undefined =>
  read(HOST + cookieNames[name]) ?? read(cookieNames[name]);
