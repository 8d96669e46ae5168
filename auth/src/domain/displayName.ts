import { Refusal } from '@ticketing/common/contract';
import { SITE } from './password';

/** Words for the site's staff, in its languages. */
const OFFICIAL = [
  ...['support', 'admin', 'administrator', 'moderator', 'helpdesk'],
  ...['kundenservice', 'kundendienst', 'kundenbetreuung'],
];
/** Marks that look like those of a verified account. */
const BADGE = /[✓✔☑✅🗸🗹]/u;

const pairs = (text: string) => text.split(' ').map((pair) => [pair.charAt(0), pair.slice(1)] as const);
/** Letters of other scripts, and other characters that look like Latin letters. */
const LOOKS = new Map([
  ...pairs(
    'аa еe іi їi оo рp сc тt кk ѕs уy хx һh ԁd ӏi мm пn гr ιi τt κk εe ηn νn οo ρp αa υu ɡg ɢg ıi ɪi ɩi ʟi ɴn ᴛt ᴄc ᴋk ᴇe',
  ),
  // In most typefaces an l is an I.
  ['l', 'i'],
]);
const SIGNS = new Map(pairs('1i |i !i 0o 3e 5s 6g 9g $s €e ¢c ©c †t +t'));

/** Letters in a black circle or square, which Unicode does not count as letters. */
const FRAMED = /[\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}]/gu;
const letterOf = (sign: string) => String.fromCharCode(97 + (((sign.codePointAt(0) ?? 0) - 0x1f150) % 32));

const wordsIn = (text: string) => text.split(/\P{L}+/u).filter(Boolean);
const lookOf = (text: string, signs = false) =>
  Array.from(text, (sign) => LOOKS.get(sign) ?? (signs ? SIGNS.get(sign) : undefined) ?? sign).join('');
const [site, official] = [lookOf(SITE), OFFICIAL.map((word) => lookOf(word))];

/** Whether someone with these words in their name could be mistaken for the site. */
function isOurs(words: string[]): boolean {
  const joined = words.flatMap((word, at) => [word, `${word}${words[at + 1] ?? ''}`]);
  const spaced = words.filter((word) => word.length === 1).join('');
  const isNamed = words.join('') === site || [...words, spaced].some((word) => word.includes(site));
  return isNamed || [...joined, spaced].some((word) => word === site || official.includes(word));
}

/** Contact details that a name can contain: addresses, social media handles, links, phone numbers. */
const CONTACTS = [
  /@/,
  /[([{<] ?(?:at|ät|dot|punkt) ?[)\]}>]/,
  /\/\/|(?<!\p{L})www\.|(?<![\p{L}\d-])(?!(?:st|dr|mr|mrs|ms|prof)\.)[\p{L}\d-]{2,}\.\p{L}{2,}/u,
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
  if (CONTACTS.some((pattern) => pattern.test(seen))) throw new Refusal('name-contact', { field: 'name' });
  if (BADGE.test(name) || [false, true].some((signs) => isOurs(wordsIn(lookOf(plain, signs)))))
    throw new Refusal('name-misleading', { field: 'name' });
}
