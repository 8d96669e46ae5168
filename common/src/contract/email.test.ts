import { normalEmail } from './email';

test.each([
  ['Ann@Test.com', 'ann@test.com'],
  [' ann@test.com\t', 'ann@test.com'],
  ['ann@münchen.de', 'ann@xn--mnchen-3ya.de'],
  ['ann@MÜNCHEN.de', 'ann@xn--mnchen-3ya.de'],
  ['ann@mu\u0308nchen.de', 'ann@xn--mnchen-3ya.de'],
  ['ann@XN--MNCHEN-3YA.de', 'ann@xn--mnchen-3ya.de'],
  ['ann@пример。рф', 'ann@xn--e1afmkfd.xn--p1ai'],
  ['jo\u0308rg@test.com', 'j\u00f6rg@test.com'],
  ["o'neill+tickets@a-b.example.museum", "o'neill+tickets@a-b.example.museum"],
])('%j normalizes to %j', (text, email) => {
  expect(normalEmail(text)).toBe(email);
  expect(normalEmail(email)).toBe(email);
});

test.each([
  '',
  'ann',
  '@test.com',
  'ann@',
  'ann@test',
  'ann@1.2.3.4',
  'ann@0x7f.1',
  'ann@test..com',
  'ann@-test.com',
  'ann@test.com:25',
  'ann@test.com/x',
  'ann@te%73t.com',
  'ann@xn--a.com',
  'a@b@test.com',
  '.ann@test.com',
  'an..n@test.com',
  'an n@test.com',
  'an\u200bn@test.com',
  'ann\u00ad@test.com',
  'ann\ufe0f@test.com',
  'ann\u3164@test.com',
  'ann@te\u00adst.com',
  'ann@test\u200d.com',
  'ann\ud800@test.com',
  'ann\u0000@test.com',
  `${'a'.repeat(65)}@test.com`,
  `${'ä'.repeat(60)}@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(20)}.com`,
])('%j is not an address', (text) => {
  expect(normalEmail(text)).toBeUndefined();
});
