import { contactsIn } from './contacts';

test.each([
  'me@example.com',
  'ME@EXAMPLE.COM',
  'ｍｅ＠ｅｘａｍｐｌｅ．ｃｏｍ',
  'name (at) mail dot com',
  'name [at] mail [dot] com',
  'name at mail.de',
  'name at mail dot com',
  'name @ mail . com',
  'name {ät} mail {punkt} de',
  'na\u200bme@ma\u00adil.com',
  'write to bob@tickets.berlin.de tonight',
])('%j has an address', (text) => expect(contactsIn(text)).toContain('email'));

test.each([
  '+49 171 2345678',
  '0171/2345678',
  '0 1 7 1 2 3 4 5 6 7',
  '06.12.34.56.78',
  '(555) 123-4567',
  '600 123 456',
  '0171–1234567',
  '0171:1234567',
  '0171•123•45•67',
  '0\ufe0f\u20e31\ufe0f\u20e37\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e35\ufe0f\u20e36\ufe0f\u20e3',
  '００４９１７１２３４５６７',
  '٠١٧١٢٣٤٥٦٧',
  '①②③④⑤⑥⑦⑧⑨⓪',
  '0 1-7\u200b1 2 3 4 5',
  'zero one seven one two three four five',
  'null eins sieben eins zwei drei vier fünf',
  'On 21.11.2026 call 0171.2345678',
])('%j has a telephone number', (text) => expect(contactsIn(text)).toEqual(['phone']));

test.each([
  'https://example.com/tickets',
  'www.example.com',
  'example.com',
  't.me/somebody',
  'wa.me/491712345',
  'example dot com',
  'example (dot) org',
  'http://192.168.2.1/x',
  'see EXAMPLE。com'.normalize('NFKC').replace('。', '.'),
])('%j has a link', (text) => expect(contactsIn(text)).toContain('link'));

test.each([
  '@ann_berlin',
  'DM me @annberlin',
  'Schreib mir: @annberlin',
  'Questions? @ann.berlin',
  'I am @ann99, write there',
  'insta: annberlin',
  'Instagram - ann.berlin',
  'IG @annberlin',
  'telegram@annberlin',
  '＠ann_berlin',
  '@annberlin on Telegram',
])('%j has a messenger handle', (text) => expect(contactsIn(text)).toEqual(['handle']));

test.each([
  '',
  'Doors @ 8pm',
  'Doors @8pm, show @ 9',
  'feat. @',
  'Party @home, live @Wembley',
  '8 pm @O2 Arena, then @ the bar',
  'Meet @ gate 3. @',
  'Signal strength is good. Insta-worthy view',
  'Follow the signs to block B',
  'Two hours, no break. It is great. Me and us at the gate.',
  'Block A, row 7, seats 12 and 13',
  'Doors 19:00, show 20:30, on 21.11.2026',
  '21.11.2026 20:00 – 23.11.2026 22:00, 2026-11-21',
  'Paid 85,00 € each, 2 for 170.00',
  'Feat. DJ Somebody & friends! The point is: come at 8.',
  'Was auf den Punkt kommt: Platz 101, Reihe 22. Am Eingang bitte warten.',
  'Seat 12\nRow 7\nGate 3',
  'One of two seats, three of four rows',
])('%j has no contacts', (text) => expect(contactsIn(text)).toEqual([]));

test('a long text does not take long to read', () => {
  const hostile = ['1 ', '(at) ', 'a.', '@', ' dot a', '@a_', 'dm @', 'insta @', '@a.a', '0.0-', '(((((', 'one '].map(
    (part) => part.repeat(2_000),
  );
  for (const text of hostile) expect(contactsIn(text.slice(0, 2_000))).toEqual(expect.any(Array));
});
