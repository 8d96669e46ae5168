import { de } from './de';
import { en } from './en';

const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

function compare(english: object, german: object, path: string): [string, string, string][] {
  return Object.entries(english).flatMap(([name, value]: [string, unknown]) => {
    const other: unknown = (german as Record<string, unknown>)[name];
    const here = `${path}.${name}`;
    if (typeof value === 'string') return [[here, value, String(other)] as [string, string, string]];
    return compare(value as object, other as object, here);
  });
}

it.each(compare(en, de, 'texts'))('%s has a German text with the same placeholders', (_path, english, german) => {
  expect(german.trim()).not.toBe('');
  expect(placesOf(german)).toEqual(placesOf(english));
});

it.each(Object.entries({ en, de }))('no line breaks within “3-D Secure” in %s', (_language, texts) => {
  const all = JSON.stringify(texts);
  expect(all).toContain('3\u2011D Secure');
  expect(all).not.toContain('3-D');
});
