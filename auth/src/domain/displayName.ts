import { Refusal } from '@ticketing/common/contract';
import LinkifyIt from 'linkify-it';
import { SITE } from './password';

/** Words for the site's staff, in its languages. */
const OFFICIAL = [
  ...['support', 'admin', 'administrator', 'moderator', 'helpdesk'],
  ...['kundenservice', 'kundendienst', 'kundenbetreuung'],
];
/** Marks that look like those of a verified account. */
const BADGE = /[✓✔☑✅🗸🗹]/u;

/** Latin letters, and what looks like them: letters of other scripts; in most typefaces, an l is an I. */
const LETTERS = {
  a: 'аα',
  c: 'сᴄ',
  d: 'ԁ',
  e: 'еεᴇ',
  g: 'ɡɢ',
  h: 'һ',
  i: 'іїӏιıɪɩʟl',
  k: 'кκᴋ',
  m: 'м',
  n: 'пηνɴ',
  o: 'оο',
  p: 'рρ',
  r: 'г',
  s: 'ѕ',
  t: 'тτᴛ',
  u: 'υ',
  x: 'х',
  y: 'у',
};
/** Digits and symbols that look like Latin letters. */
const SYMBOLS = {
  c: '¢©',
  e: '3€',
  g: '69',
  i: '1|!',
  o: '0',
  s: '5$',
  t: '†+',
};
const byLook = (alike: Record<string, string>) =>
  new Map(Object.entries(alike).flatMap(([letter, others]) => Array.from(others, (other) => [other, letter] as const)));
const [letters, symbols] = [byLook(LETTERS), byLook(SYMBOLS)];

/** Letters in a black circle or square, which Unicode does not count as letters. */
const FRAMED = /[\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}]/gu;
const letterOf = (sign: string) => String.fromCharCode(97 + (((sign.codePointAt(0) ?? 0) - 0x1f150) % 32));

const wordsIn = (text: string) => text.split(/\P{L}+/u).filter(Boolean);
const lookOf = (text: string, signs = false) =>
  Array.from(text, (sign) => letters.get(sign) ?? (signs ? symbols.get(sign) : undefined) ?? sign).join('');
const [site, official] = [lookOf(SITE), OFFICIAL.map((word) => lookOf(word))];

/** Whether someone with these words in their name could be mistaken for the site: also where they are parts of one. */
const isOurs = (words: string[]) =>
  words.some(
    (word, at) =>
      word.includes(site) ||
      words.slice(at).some((_, more) => [site, ...official].includes(words.slice(at, at + more + 1).join(''))),
  );

/** Finds links and addresses, by the top-level domains that it knows. */
const finder = new LinkifyIt({}, { fuzzyIP: true }).tlds(
  ['app', 'dev', 'shop', 'store', 'site', 'online', 'xyz'],
  true,
);

/** Other contact details that a name can contain: social media handles, spelled-out addresses, phone numbers. */
const CONTACTS = [
  /@/,
  /[([{<] ?(?:at|ät|dot|punkt) ?[)\]}>]/,
  /\/\/|(?<!\p{L})www\./u,
  / (?:dot|punkt) ?(?:com|net|org|de|io|me)(?!\p{L})/u,
  /(?:\p{Nd}\P{Nd}*){7}/u,
];

/** Refuses a display name that could be mistaken for the site, or that contains contact details. */
export function refuseMisleading(name: string) {
  const seen = name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(FRAMED, letterOf)
    .toLowerCase();
  const plain = seen.normalize('NFKD').replace(/\p{M}/gu, '');
  if (finder.test(seen) || CONTACTS.some((pattern) => pattern.test(seen)))
    throw new Refusal('name-contact', { field: 'name' });
  if (BADGE.test(name) || [false, true].some((signs) => isOurs(wordsIn(lookOf(plain, signs)))))
    throw new Refusal('name-misleading', { field: 'name' });
}
