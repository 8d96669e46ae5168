import { isClean, isLonger, isVisible } from './text';

test.each([
  'Jazz',
  'Łódź – “Don’t”',
  '👩‍👩‍👧‍👦 family ❤️ 🏳️‍🌈',
  'क्‍ष श्री',
  'می‌خواهم',
  'مُحَمَّد שָׁלוֹם',
  '東京ドーム公演',
  '\u{1f389}',
])('%s is clean and visible', (text) => {
  expect([isClean(text), isClean(text, true), isVisible(text)]).toEqual([true, true, true]);
});

test.each([
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u007f',
  '\u009f',
  '\ud800',
  'a\udc00b',
  '\u2028',
  '\u202a',
  '\u202e',
  '\u2066',
  '\u2069',
])('%j is not clean, in single-line or multi-line texts', (text) => {
  expect([isClean(text), isClean(text, true)]).toEqual([false, false]);
});

test.each(['a\nb', 'a\r\nb', 'a\tb'])('%j is clean only in multi-line texts', (text) => {
  expect([isClean(text), isClean(text, true)]).toEqual([false, true]);
});

test.each([
  '',
  ' ',
  '\u00a0\u2003',
  '\u200b\u200d',
  '\u2800',
  '\u3164',
  '\u115f\u1160',
  '\uffa0',
  '\u0301',
  '\ufe0f',
  '\u00ad',
  '\ufeff',
])('%j is invisible', (text) => {
  expect(isVisible(text)).toBe(false);
});

test.each([
  ['x'.repeat(20), false],
  ['x'.repeat(21), true],
  ['각'.repeat(20), false],
  ['Ａ…½ ﬁ ﷺ', false],
  ['\ufdfa'.repeat(3), true],
])('%s is longer than 20: %s', (text, isSo) => {
  expect(isLonger(text, 20)).toBe(isSo);
});
