import type { ContactKind } from '@ticketing/common/contract';
import LinkifyIt from 'linkify-it';

/** Finds contact details outside the marketplace in a text, even if disguised. */

/** Common top-level domains that it does not know already, unlike countries' and the oldest ones. */
const MORE_TLDS =
  'app dev online site store club live xyz link page chat tickets events email mobi tel click social agency top one'.split(
    ' ',
  );
const finder = new LinkifyIt({}, { fuzzyIP: true }).tlds(MORE_TLDS, true);

/** The kinds of contacts in a text: addresses, telephone numbers, links, messenger handles. Lookalikes count. */
export function contactsIn(text: string): ContactKind[] {
  const plain = plainly(text);
  const links = finder.match(spelledOut(plain)) ?? [];
  const found = {
    email: links.some(({ schema }) => schema === 'mailto:'),
    phone: hasNumber(plain),
    link: links.some(({ schema }) => schema !== 'mailto:'),
    handle: hasHandle(plain),
  };
  return (Object.keys(found) as ContactKind[]).filter((kind) => found[kind]);
}

/** Full-width and circled forms become plain, digits of any script a digit; invisible characters are removed. */
const plainly = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/(?![0-9])\p{Nd}/gu, '5')
    // Collapses long repetitions, which would be scanned again from each position.
    .replace(/\s+/g, ' ')
    .replace(/([^\p{L}\p{N}\s/])\1+/gu, '$1')
    .toLowerCase();

const [OPEN, CLOSE] = [' ?[([{<*_~]{1,3} ?', ' ?[)\\]}>*_~]{1,3} ?'];
const AT = new RegExp(`${OPEN}(?:at|ät|arroba|@)${CLOSE}`, 'g');
const DOT = new RegExp(`${OPEN}(?:dot|punkt|point|punto|\\.)${CLOSE}`, 'g');

/** `name (at) mail dot com` → `name@mail.com`. */
const spelledOut = (text: string) =>
  text
    .replace(AT, '@')
    .replace(DOT, '.')
    .replace(/ (?:dot|punkt) (?=\p{L}{2,})/gu, '.')
    .replace(/ ?\. ?(?=(?:com|net|org)\b)/g, '.')
    .replace(/ ?@ ?/g, '@')
    .replace(/(?<=\p{L}) (?:at|ät) (?=[\p{L}\d-]+\.\p{L}{2,})/gu, '@');

const SERVICE =
  '(?:insta(?:gram)?|ig|telegram|tg|snap(?:chat)?|tiktok|discord|signal|threema|wechat|twitter|facebook|fb)';
const NAME = '[\\p{L}_][\\p{L}\\d_.]{2,29}';
/** `@arena` may be a place; `@ann_b`, `@ann.b` and `@ann99` are handles. */
const AT_NAME = /(?<![\p{L}\d@])@(?=\p{L}{0,29}[_.\d])[\p{L}_][\p{L}_.]{1,28}[\p{L}\d_](?:\d{0,9})(?![\p{L}\d])/u;
const NAMED = [
  new RegExp(`(?<![\\p{L}\\d])${SERVICE}(?: ?[:=>] ?@?| - ?@?| ?@)${NAME}`, 'u'),
  /(?<![\p{L}\d])(?:dm|pn|message|text|write|contact|follow|schreib\p{L}*|kontakt\p{L}*|folg\p{L}*)[^.!?@]{0,20} @\p{L}{3}/u,
  new RegExp(`(?<![\\p{L}\\d])@${NAME} (?:on|at|auf|bei|via|über) ${SERVICE}(?![\\p{L}\\d])`, 'u'),
];

/** Whether there is a handle of a messenger or social network, by its form or its context. */
const hasHandle = (text: string) => AT_NAME.test(text) || NAMED.some((pattern) => pattern.test(text));

/** Digits with little between them. */
const RUN = /\+?\d(?:[\s\p{P}\p{M}|~]{0,3}\d){6,}/gu;
const DATE = /(?<!\d|\d[./-])(?:[0-3]?\d[./-][01]?\d[./-](?:20)?\d\d|20\d\d-[01]\d-[0-3]\d)(?!\d|[./-]\d)/g;
const [WITH_PREFIX, WITHOUT] = [7, 9];
const DIGIT_WORD =
  '(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun)';
const IN_WORDS = new RegExp(`${DIGIT_WORD}(?:[\\s.,\\-/]+${DIGIT_WORD}){6,}`);

/** Whether there are as many digits as in a telephone number, apart from dates. */
const hasNumber = (text: string) =>
  IN_WORDS.test(text) ||
  (text.match(RUN) ?? []).some((run) => {
    const rest = run.replace(DATE, ' ').trim();
    const digits = rest.replace(/\D/g, '').length;
    return digits >= (/^[+0]/.test(rest) ? WITH_PREFIX : WITHOUT);
  });
