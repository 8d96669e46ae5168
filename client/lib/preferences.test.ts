import { cookieIn } from './choices';
import { asTimeZone, chooseLanguage } from './preferences';

describe('chooseLanguage', () => {
  it.each<[string | undefined, string | undefined, string, string]>([
    [undefined, undefined, 'en', 'en-US'],
    [undefined, 'de', 'de', 'de-DE'],
    [undefined, 'fr-FR, de-AT;q=0.8, en;q=0.9', 'en', 'en-US'],
    [undefined, 'en-GB,en;q=0.8', 'en', 'en-GB'],
    [undefined, 'de-CH;q=0.5, en;q=0', 'de', 'de-CH'],
    ['de', 'en-GB', 'de', 'de-DE'],
    ['en', 'de-DE, en-AU;q=0.1', 'en', 'en-AU'],
    ['xx', 'de', 'de', 'de-DE'],
    [undefined, 'en-GB-oxendict', 'en', 'en-GB'],
    [undefined, 'de-de-de', 'de', 'de-DE'],
    [undefined, 'en-x-mine, en-u-ca-buddhist', 'en', 'en-US'],
    [undefined, '*, ;q=, de-<script>;q=x', 'en', 'en-US'],
  ])('%p of "%s" is %s (%s)', (chosen, header, language, locale) => {
    expect(chooseLanguage(chosen, header)).toEqual({ language, locale });
  });
});

it.each([undefined, '', 'Mars/Olympus', '../etc', 'x'.repeat(50)])('%p is no time zone', (text) => {
  expect(asTimeZone(text)).toBeUndefined();
});

it('knows time zones', () => {
  expect(asTimeZone('Europe/Berlin')).toBe('Europe/Berlin');
});

it('a cookie that sibling domains cannot set takes precedence', () => {
  const jar: Record<string, string> = { theme: 'dark', '__Host-theme': 'light', language: 'de' };
  const read = (name: string) => jar[name];
  expect([cookieIn(read, 'theme'), cookieIn(read, 'language'), cookieIn(read, 'timeZone')]).toEqual([
    'light',
    'de',
    undefined,
  ]);
});
